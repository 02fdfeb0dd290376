import ipaddr from 'ipaddr.js'

/** Which addresses a machine of ours may be sent to call. */
export interface NetworkPolicy {
  /** Whether nothing private is there, or it was allowed by name. */
  allows(address: string, port: number): boolean
  /** Whether it lies in the public network: what goes there without TLS can be read on the way. */
  isPublic(address: string): boolean
  /** Allows one door more, as that of a simulator of ours that has just been started. */
  allowDoor(host: string, port: number): void
}

/** All that IPv6 has given out (IANA, IPv6 address space); what lies beside it leads into somebody's house or nowhere. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

type Network = ReturnType<typeof ipaddr.parseCIDR>

/**
 * Public addresses alone, and besides them what is listed: networks as `10.1.0.0/16` or `fd00::/8`, single doors as
 * `127.0.0.1:4010`.
 *
 * @throws Error naming the entry that is neither.
 */
export function networkPolicy(allowed: readonly string[] = []): NetworkPolicy {
  const networks: Network[] = []
  const doors = new Set<string>()
  for (const entry of allowed) {
    const door = /^(?:\[([^\]]+)\]|([^:/]+)):(\d+)$/.exec(entry)
    const host = door?.[1] ?? door?.[2] ?? ''
    if (door && ipaddr.isValid(host)) doors.add(`${ipaddr.process(host).toString()} ${door[3]}`)
    else if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry))
    else throw new Error(`${entry} is no network as 10.1.0.0/16 and no door as 127.0.0.1:4010; see .env.example`)
  }
  const isPublic = (address: string) => {
    if (!ipaddr.isValid(address)) return false
    const plain = ipaddr.process(address)
    return plain.range() === 'unicast' && (plain.kind() === 'ipv4' || plain.match(GLOBAL_UNICAST))
  }
  return {
    isPublic,
    allowDoor: (host, port) => void doors.add(`${ipaddr.process(host).toString()} ${port}`),
    allows(address, port) {
      if (!ipaddr.isValid(address)) return false
      // An IPv4 address in the clothes of IPv6 is what it is (RFC 4291 §2.5.5.2).
      const plain = ipaddr.process(address)
      if (doors.has(`${plain.toString()} ${port}`)) return true
      if (networks.some((network) => network[0].kind() === plain.kind() && plain.match(network))) return true
      return isPublic(address)
    },
  }
}

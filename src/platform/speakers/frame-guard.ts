/** What one connection may send: sizes in bytes, rates a second with what may be saved up for a burst. */
export interface Allowance {
  /** The first packet, by which it says who it is. */
  readonly firstPacket: number
  readonly packet: number
  readonly packets: { readonly burst: number; readonly perSecond: number }
  readonly bytes: { readonly burst: number; readonly perSecond: number }
}

/** Far above what a device ever sends: a heartbeat a minute, and after days without a network its log in pieces. */
export const ALLOWANCE: Allowance = {
  firstPacket: 1_024,
  packet: 512_000,
  packets: { burst: 600, perSecond: 20 },
  bytes: { burst: 6_000_000, perSecond: 200_000 },
}

/**
 * Reads along the borders of MQTT packets (§2.2) without keeping them: `passes` answers false at the first byte of what
 * is too large, too many or no packet, so that a broker that trusts lengths never sees it.
 */
export function frameGuard(allowance: Allowance, nowMs: () => number = () => performance.now()) {
  const packets = bucket(allowance.packets, nowMs)
  const bytes = bucket(allowance.bytes, nowMs)
  let first = true
  /** Bytes of the packet that are still to come; null while its head is read. */
  let left: number | null = null
  let headBytes = 0
  let length = 0

  function beginsWell(): boolean {
    const limit = first ? allowance.firstPacket : allowance.packet
    first = false
    left = length
    headBytes = length = 0
    return left <= limit && packets.take(1)
  }
  function takesHead(byte: number): boolean {
    headBytes += 1
    if (headBytes === 1) return true
    length += (byte & 0x7f) * 128 ** (headBytes - 2)
    if (byte & 0x80) return headBytes < 5
    return beginsWell()
  }
  return {
    passes(chunk: Uint8Array): boolean {
      if (!bytes.take(chunk.length)) return false
      for (let at = 0; at < chunk.length;) {
        if (left === null || left === 0) {
          left = null
          if (!takesHead(chunk[at] ?? 0)) return false
          at += 1
        } else {
          const taken = Math.min(left, chunk.length - at)
          left -= taken
          at += taken
        }
      }
      return true
    },
  }
}

function bucket({ burst, perSecond }: { burst: number; perSecond: number }, nowMs: () => number) {
  let held = burst
  let at = nowMs()
  return {
    take(count: number): boolean {
      const now = nowMs()
      held = Math.min(burst, held + ((now - at) / 1_000) * perSecond)
      at = now
      held -= count
      return held >= 0
    },
  }
}

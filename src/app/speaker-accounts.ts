import { daysHeld, hashBrokerPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'

/** The two files by which mosquitto lets devices in and keeps each to its own topics. */
export interface MosquittoAccounts {
  readonly passwords: string
  readonly acl: string
}

/** What the hub signs in with where the broker stands elsewhere. */
export interface HubAccount {
  readonly username: string
  readonly password: string
}

/** Whom a broker lets in that refuses single topics: who enrolled, and who was revoked lately, to hear that it was. */
export function isLetIn({ state, revokedAt }: PlaneDevice, now: Date): boolean {
  return state === 'enrolled' || now.getTime() - (revokedAt?.getTime() ?? 0) < toldSoMs()
}

/** One that was away for longer than its schedule holds has nothing left to play. */
function toldSoMs(): number {
  return (daysHeld() + 1) * 86_400_000
}

/** The topics that a device may read, each by its full name. */
export function topicsHeard({ id, state, outletCode }: PlaneDevice): string[] {
  // A code is that of a station or of a board, never of both.
  const shared = [topics.station, topics.emergency, topics.live, topics.showings].map((of) => of(outletCode))
  return [...(state === 'enrolled' ? shared : []), topics.device(id)]
}

/**
 * Accounts for mosquitto 2 (`password_file`, `acl_file`): each enrolled device under its id, with the hash we keep of its
 * password, and the hub. One that was revoked lately may still come in, to hear that it was and nothing else. mosquitto
 * reads both anew at SIGHUP, and drops at once whom they do not know any more.
 */
export function mosquittoAccounts(devices: readonly PlaneDevice[], hub: HubAccount, now: Date): MosquittoAccounts {
  const known = devices.filter((device) => device.passwordHash !== null && isLetIn(device, now))
  const passwords = [
    `${hub.username}:${hashBrokerPassword(hub.password)}`,
    ...known.map(({ id, passwordHash }) => `${id}:${passwordHash}`),
  ]
  const acl = [`user ${hub.username}\ntopic readwrite loa/v1/#`, ...known.map(rightsOf)]
  return { passwords: `${passwords.join('\n')}\n`, acl: `${acl.join('\n\n')}\n` }
}

function rightsOf(device: PlaneDevice): string {
  const heard = topicsHeard(device).map((topic) => `topic read ${topic}`)
  return [`user ${device.id}`, ...heard, `topic write ${topics.up(device.id)}`].join('\n')
}

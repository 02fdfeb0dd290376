import { hashBrokerPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'

/** The two files by which mosquitto lets devices in and keeps each to its own topics. */
export interface MosquittoAccounts {
  readonly passwords: string
  readonly acl: string
}

/** A device holds its schedule for eight days: one that was away longer has nothing left to play. */
const TOLD_SO_MS = 9 * 86_400_000

/**
 * Accounts for mosquitto 2 (`password_file`, `acl_file`): each enrolled device under its id, with the hash we keep of its
 * password, and the hub. One that was revoked lately may still come in, to hear that it was and nothing else. mosquitto
 * reads both anew at SIGHUP, and drops at once whom they do not know any more.
 */
export function mosquittoAccounts(
  devices: readonly PlaneDevice[],
  hub: { readonly username: string; readonly password: string },
  now: Date,
): MosquittoAccounts {
  const isKnown = ({ state, passwordHash, revokedAt }: PlaneDevice) =>
    passwordHash !== null && (state === 'enrolled' || now.getTime() - (revokedAt?.getTime() ?? 0) < TOLD_SO_MS)
  const known = devices.filter(isKnown)
  const passwords = [
    `${hub.username}:${hashBrokerPassword(hub.password)}`,
    ...known.map(({ id, passwordHash }) => `${id}:${passwordHash}`),
  ]
  const acl = [`user ${hub.username}\ntopic readwrite loa/v1/#`, ...known.map(rightsOf)]
  return { passwords: `${passwords.join('\n')}\n`, acl: `${acl.join('\n\n')}\n` }
}

function rightsOf({ id, state, outletCode }: PlaneDevice): string {
  // A code is that of a station or of a board, never of both.
  const shared = [topics.station, topics.emergency, topics.live, topics.showings].map((of) => of(outletCode))
  const heard = [...(state === 'enrolled' ? shared : []), topics.device(id)]
  return [`user ${id}`, ...heard.map((topic) => `topic read ${topic}`), `topic write ${topics.up(id)}`].join('\n')
}

import { hashBrokerPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'

/** The two files by which mosquitto lets devices in and keeps each to its own topics. */
export interface MosquittoAccounts {
  readonly passwords: string
  readonly acl: string
}

/**
 * Accounts for mosquitto 2 (`password_file`, `acl_file`): each enrolled device under its id, with the hash we keep of its
 * password, and the hub. mosquitto reads both anew at SIGHUP, and drops at once whom they do not know any more.
 */
export function mosquittoAccounts(
  devices: readonly PlaneDevice[],
  hub: { readonly username: string; readonly password: string },
): MosquittoAccounts {
  const enrolled = devices.filter(({ state, passwordHash }) => state === 'enrolled' && passwordHash !== null)
  const passwords = [
    `${hub.username}:${hashBrokerPassword(hub.password)}`,
    ...enrolled.map(({ id, passwordHash }) => `${id}:${passwordHash}`),
  ]
  const acl = [
    `user ${hub.username}\ntopic readwrite loa/v1/#`,
    ...enrolled.map(({ id, outletCode: stationCode }) =>
      [
        `user ${id}`,
        `topic read ${topics.station(stationCode)}`,
        `topic read ${topics.emergency(stationCode)}`,
        `topic read ${topics.live(stationCode)}`,
        // A code is that of a station or of a board, never of both.
        `topic read ${topics.showings(stationCode)}`,
        `topic read ${topics.device(id)}`,
        `topic write ${topics.up(id)}`,
      ].join('\n'),
    ),
  ]
  return { passwords: `${passwords.join('\n')}\n`, acl: `${acl.join('\n\n')}\n` }
}

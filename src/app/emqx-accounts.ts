import { sha512OfPassword, type PlaneDevice } from '../core/station/index.ts'
import { topics } from '../platform/speakers/protocol.ts'
import { isLetIn, topicsHeard, type HubAccount } from './speaker-accounts.ts'

/** The two files by which EMQX 5 lets devices in and keeps each to its own topics. */
export interface EmqxAccounts {
  /** CSV for its built-in database, SHA-512 with the salt before the password. */
  readonly users: string
  /** Rules for its authorization by file. */
  readonly acl: string
}

/** Of what `sha512OfPassword` answers: so much is salt. */
const SALT_BYTES = 4

/**
 * Accounts for EMQX 5, after its documentation ("Use HTTP API to Manage User Data", "Use ACL File"): each enrolled device
 * under its id, and the hub. One that was revoked lately may still come in, to hear that it was and nothing else.
 */
export function emqxAccounts(devices: readonly PlaneDevice[], hub: HubAccount, now: Date): EmqxAccounts {
  const known = devices.filter((device) => device.passwordSha512 !== null && isLetIn(device, now))
  const users = [
    lineOf(hub.username, sha512OfPassword(hub.password)),
    ...known.map(({ id, passwordSha512 }) => lineOf(id, passwordSha512 ?? '')),
  ]
  const acl = [
    `{allow, {username, ${inErlang(hub.username)}}, all, ["loa/v1/#"]}.`,
    ...known.map((device) => {
      const heard = topicsHeard(device).map((topic) => `{eq, ${inErlang(topic)}}`)
      return `{allow, {username, ${inErlang(device.id)}}, subscribe, [${heard.join(', ')}]}.`
    }),
    // One rule for all: each may write its own.
    `{allow, all, publish, ["${topics.up('${username}')}"]}.`,
    '{deny, all}.',
  ]
  return {
    users: `user_id,password_hash,salt,is_superuser\n${users.join('\n')}\n`,
    acl: `${acl.join('\n')}\n`,
  }
}

function lineOf(name: string, saltedHash: string): string {
  const bytes = Buffer.from(saltedHash, 'base64')
  const [salt, hash] = [bytes.subarray(0, SALT_BYTES), bytes.subarray(SALT_BYTES)]
  const field = /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
  return [field, hash.toString('hex'), salt.toString('latin1'), 'false'].join(',')
}

function inErlang(words: string): string {
  return `"${words.replace(/[\\"]/g, '\\$&')}"`
}

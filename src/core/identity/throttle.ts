import { createHash } from 'node:crypto'
import { Refusal, type Db } from '../kernel/index.ts'
import { attemptsSince, deleteAttempts, insertAttempt } from './attempt.store.ts'

/** Failures of one name before each further try must wait. */
const FREE_BY_NAME = 5
/** Failures of one address: a commune's office shares one. */
const FREE_BY_ADDRESS = 30
const WINDOW_MS = 60 * 60 * 1000
const LONGEST_WAIT_SECONDS = 15 * 60

export interface Attempt {
  readonly username: string
  readonly address: string
}

/** The wait doubles with each failure past the free ones: 2, 4, 8 … seconds, a quarter of an hour at most. */
export async function whyNotTry(db: Db, attempt: Attempt, now: Date): Promise<Refusal | null> {
  const since = new Date(now.getTime() - WINDOW_MS)
  const { byName, byAddress, last } = await attemptsSince(db, hashes(attempt), since)
  const over = Math.max(byName - FREE_BY_NAME, byAddress - FREE_BY_ADDRESS)
  if (over < 0 || !last) return null
  const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, 2 ** (over + 1))
  const left = Math.ceil((last.getTime() + waitSeconds * 1000 - now.getTime()) / 1000)
  return left > 0 ? new Refusal('identity.throttled', { seconds: left }) : null
}

/** Outside any transaction that a refusal would roll back. */
export function recordFailure(db: Db, attempt: Attempt, now: Date): Promise<void> {
  return insertAttempt(db, hashes(attempt), now, new Date(now.getTime() - 24 * WINDOW_MS))
}

export function forgetFailures(db: Db, attempt: Attempt): Promise<void> {
  return deleteAttempts(db, hashes(attempt).usernameHash)
}

function hashes({ username, address }: Attempt) {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  return { usernameHash: hash(username), addressHash: hash(address) }
}

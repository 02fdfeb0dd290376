import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { action, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import {
  deleteAttempt,
  deleteAttempts,
  failuresSince,
  insertAttempt,
  lockAttempts,
  type Failures,
} from './attempt.store.ts'

/** Failures of one name before each further try must wait. */
const FREE_BY_NAME = 5
/** Failures of one address: a commune's office shares one. */
const FREE_BY_ADDRESS = 30
const ADDRESS_WINDOW_MS = 60 * 60 * 1000
/** Longer than any wait times its tries: the wait of a name that is guessed at does not shrink while it goes on. */
const NAME_WINDOW_MS = 24 * ADDRESS_WINDOW_MS
const LONGEST_WAIT_SECONDS = 15 * 60

/** Refusals that say the secret was wrong; every other one leaves no mark. */
const WRONG: ReadonlySet<string> = new Set(['identity.wrong', 'identity.wrong_code', 'identity.wrong_old_password'])

export interface Attempt {
  /** What is tried: a name as typed, or a person's code or password. */
  readonly username: string
  readonly address: string
  /** Whose secret it would be; null for a name nobody bears. */
  readonly personId: Id<'person'> | null
}

/**
 * Lets somebody try a secret. The try is counted before it is made, in a transaction of its own: neither the refusal
 * that follows nor a hundred tries at once escape the count. A right secret clears the count of its name.
 *
 * @throws Refusal `identity.throttled` with seconds and minutes to wait, and whatever `tried` refuses.
 */
export async function tryOnce<Result>(ctx: Ctx, attempt: Attempt, tried: () => Promise<Result>): Promise<Result> {
  const attemptId = await claimTry(ctx, attempt)
  try {
    const result = await tried()
    await deleteAttempts(ctx.db, hashes(attempt).usernameHash)
    return result
  } catch (error) {
    if (error instanceof Refusal && WRONG.has(error.code)) await noteFailure(ctx, { personId: attempt.personId })
    else await deleteAttempt(ctx.db, attemptId)
    throw error
  }
}

async function claimTry(ctx: Ctx, attempt: Attempt): Promise<number> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (db) => {
    await lockAttempts(db, hashes(attempt))
    const nameSince = new Date(now.getTime() - NAME_WINDOW_MS)
    const addressSince = new Date(now.getTime() - ADDRESS_WINDOW_MS)
    const { usernameHash, addressHash } = hashes(attempt)
    const byName = await failuresSince(db, 'usernameHash', usernameHash, nameSince)
    const byAddress = await failuresSince(db, 'addressHash', addressHash, addressSince)
    const freeAtMs = Math.max(freeAt(byName, FREE_BY_NAME), freeAt(byAddress, FREE_BY_ADDRESS))
    const seconds = Math.ceil((freeAtMs - now.getTime()) / 1000)
    if (seconds > 0) throw new Refusal('identity.throttled', { seconds, minutes: Math.ceil(seconds / 60) })
    return insertAttempt(db, hashes(attempt), now, nameSince)
  })
}

/** The wait doubles with each failure past the free ones: 2, 4, 8 … seconds, a quarter of an hour at most. */
function freeAt({ count, last }: Failures, free: number): number {
  if (count < free || !last) return 0
  return last.getTime() + Math.min(LONGEST_WAIT_SECONDS, 2 ** (count - free + 1)) * 1000
}

/** The record names the person when there is one, never what was typed: people type passwords where names belong. */
const noteFailure = action('identity.sign_in_failed', {
  input: v.object({ personId: v.nullable(v.custom<Id<'person'>>((id) => typeof id === 'string')) }),
  may: { who: 'anybody' },
  records: ({ personId }) => ({ subject: 'person', subjectId: personId, facts: {} }),
  async run() {},
})

function hashes({ username, address }: Attempt) {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  return { usernameHash: hash(username), addressHash: hash(address) }
}

import * as OTPAuth from 'otpauth'
import { person, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import type { Clock, Ctx, Hierarchy, Id } from '../kernel/index.ts'
import { addPerson } from './people.ts'

export interface Someone {
  readonly id: Id<'person'>
  readonly username: string
  readonly password: string
  /** In which they act. */
  readonly ctx: Ctx
}

export interface Cast {
  readonly clock: ReturnType<typeof stillClock>
  someone(username: string): Promise<Someone>
  /** In which nobody acts yet. */
  stranger(): Ctx
  /** The system, which may everything. */
  system(): Ctx
}

/** People to sign in with, on a clock that stands at 8 in the morning of 1 July 2026 in Vietnam. */
export function castOf(database: TestDatabase, given: Partial<Pick<Ctx, 'hierarchy' | 'secrets'>> = {}): Cast {
  const clock = stillClock('2026-07-01T01:00:00Z')
  const ctxOf = (actor: Ctx['actor']) => testCtx(database.db, { ...given, clock, actor })
  const system = () => ctxOf({ kind: 'system', name: 'test' })
  return {
    clock,
    system,
    stranger: () => ctxOf({ kind: 'nobody' }),
    async someone(username) {
      const { password, personId: id } = await addPerson(system(), { username, name: username, mustChange: false })
      return { id, username, password, ctx: ctxOf(person(id)) }
    },
  }
}

/** The six digits an authenticator shows so many seconds from now. */
export function codeAt(secret: string, clock: Clock, seconds = 0): string {
  const timestamp = clock.now().getTime() + seconds * 1000
  return new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) }).generate({ timestamp })
}

/** Each body stands under those written before it in its list. */
export function hierarchyOf(
  above: ReadonlyMap<Id<'organisation'>, readonly Id<'organisation'>[]>,
  members: ReadonlyMap<Id<'person'>, readonly Id<'organisation'>[]>,
): Hierarchy {
  return {
    above: async (_db, id) => new Set([id, ...(above.get(id) ?? [])]),
    ofPerson: async (_db, id) => new Set(members.get(id) ?? []),
  }
}

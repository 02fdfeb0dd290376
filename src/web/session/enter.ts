import type { Cookies } from '@sveltejs/kit'
import { openedLoa } from '#app/opened.ts'
import { personOfToken } from '#core/identity/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { grantsOf } from '#core/organisation/index.ts'
import { sessionToken } from './session-cookie.ts'

interface Entered {
  readonly ctx: Ctx
  readonly person: SignedIn | null
}

/** Who comes in with this request, and the context in which they act today. */
export async function enter(cookies: Cookies): Promise<Entered> {
  const loa = openedLoa()
  const stranger = loa.contextOf({ kind: 'nobody' })
  const token = sessionToken(cookies)
  const now = stranger.clock.now()
  const opened = token === null ? null : await personOfToken(stranger.db, token, now)
  if (!opened) return { ctx: stranger, person: null }
  const { person, sessionId, mustChange } = opened
  // A one-time password was seen by whoever gave it: until it is changed no role holds.
  const grants = mustChange ? [] : await grantsOf(stranger.db, person.id, dayAt(now))
  const ctx = loa.contextOf({ kind: 'person', personId: person.id, name: person.name, grants })
  return { ctx, person: { id: person.id, name: person.name, sessionId, mustChange } }
}

import { dayAt, type Ctx, type Id, type Waiting } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { RELEASERS } from './propose-release.ts'
import { proposedReleases } from './release.store.ts'
import { whyNotPress } from './release.ts'
import { toFindOut } from './unknown.store.ts'

/** More than this a page does not show. */
const MOST = 50
/** More than so many rows are not counted for one line. */
const MOST_ROWS = 1_000

/** The bodies whose releases this person may press, stop and clear up. */
export async function bodiesReleasedFor({ actor, db }: Ctx): Promise<Id<'organisation'>[]> {
  if (actor.kind !== 'person') return []
  const own = actor.grants.filter(({ role }) => RELEASERS.includes(role)).map(({ organisationId }) => organisationId)
  return [...(await idsBelow(db, [...new Set(own)]))]
}

/** Proposals that this person may press as the second one, and rows whose end a person must find out. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const bodies = await bodiesReleasedFor(ctx)
  if (ctx.actor.kind !== 'person' || bodies.length === 0) return []
  const waiting: Waiting[] = []
  for (const release of await proposedReleases(ctx.db, bodies, MOST)) {
    if (whyNotPress(release, ctx.actor.personId)) continue
    const title = (await messageById(ctx.db, release.messageId))?.workingTitle ?? ''
    const facts = { title, kind: release.kind }
    waiting.push({
      wording: 'release_waiting_press',
      facts,
      path: `/releases/${release.id}`,
      due: dayAt(release.startsAt),
    })
  }
  const { rows, firstBy } = await toFindOut(ctx.db, bodies, MOST_ROWS)
  if (rows > 0) {
    const due = firstBy && dayAt(firstBy)
    waiting.push({ wording: 'release_waiting_unknown', facts: { count: rows }, path: '/releases/unknown', due })
  }
  return waiting
}

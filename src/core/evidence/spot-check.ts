import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { actingPerson, action, DaySchema, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { lockActivity } from './activity.store.ts'
import { returnActivity, whyNotReturn } from './decide-activity.ts'
import { drawSample, poolHash } from './draw-sample.ts'
import { noteActivity } from './event.store.ts'
import { ACCEPTORS } from './senders.ts'
import { checksOf, decideCheck, drawById, insertDraw, lotsOf, type SpotDraw } from './spot-check.store.ts'

/** More than anybody drives to in one campaign. */
const MOST_DRAWN = 500

/**
 * Draws activities of a period to be looked at on the spot: the same share of every body, by a seed that is made now
 * and recorded. Who draws again until the lot pleases leaves every draw in the record.
 */
export const drawSpotChecks = action('evidence.draw', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    dayFrom: DaySchema,
    dayTo: DaySchema,
    /** Of each body's activities, in per cent. */
    percent: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100)),
  }),
  may: { who: 'roles', roles: ACCEPTORS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ percent }, drawId: Id<'spot_draw'>) => ({ subject: 'spot_draw', subjectId: drawId, facts: { percent } }),
  async run(ctx, { percent, ...period }) {
    const drawnAt = ctx.clock.now()
    const lots = await lotsOf(ctx.db, [...(await idsBelow(ctx.db, [period.organisationId]))], {
      ...period,
      at: drawnAt,
    })
    const [share, seed] = [percent / 100, randomBytes(24).toString('hex')]
    const drawn = drawSample(lots, share, seed)
    if (drawn.length === 0) throw new Refusal('evidence.nothing_drawn', { count: lots.length })
    if (drawn.length > MOST_DRAWN)
      throw new Refusal('evidence.too_many_drawn', { count: drawn.length, most: MOST_DRAWN }, 'percent')
    const pool = { poolSize: lots.length, poolHash: poolHash(lots) }
    const id = newId<'spot_draw'>()
    await insertDraw(ctx.db, { ...period, ...pool, id, share, seed, drawnAt, drawnBy: actingPerson(ctx) }, drawn)
    return id
  },
})

/** Writes down whether an activity held when somebody went and looked; one that did not is given back. */
export const decideSpotCheck = action('evidence.check_on_the_spot', {
  input: v.object({
    drawId: idOf<'spot_draw'>(),
    activityId: idOf<'activity'>(),
    held: v.boolean(),
    note: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
  }),
  may: {
    who: 'roles',
    roles: ACCEPTORS,
    within: async (ctx, { drawId }) => (await drawById(ctx.db, drawId))?.organisationId ?? null,
  },
  records: ({ activityId, held }) => ({ subject: 'activity', subjectId: activityId, facts: { held } }),
  async run(ctx, { drawId, activityId, held, note }) {
    const activity = await lockActivity(ctx.db, activityId)
    if (!activity) throw new Refusal('evidence.not_found')
    if (actingPerson(ctx) !== null && actingPerson(ctx) === activity.sentBy) throw new Refusal('evidence.own_activity')
    const decided = { note, decidedBy: actingPerson(ctx), decidedAt: ctx.clock.now() }
    const state = held ? ('held' as const) : ('failed' as const)
    if (!(await decideCheck(ctx.db, drawId, activityId, { ...decided, state }))) {
      throw new Refusal('evidence.not_drawn')
    }
    await noteActivity(ctx, activityId, `spot_${state}`, { note })
    if (!held && !(await whyNotReturn(ctx, activity))) await returnActivity(ctx, { activityId, reason: note })
  },
})

/** What a draw comes to when it is drawn once more. */
export interface Redrawn {
  /** Whether the urn is the one of then. */
  readonly samePool: boolean
  /** Whether the same activities come out. */
  readonly same: boolean
}

/** Draws once more by the recorded seed, of what counted at that moment: anybody can see that nothing was picked by hand. */
export async function redraw(ctx: Ctx, draw: SpotDraw): Promise<Redrawn> {
  const over = [...(await idsBelow(ctx.db, [draw.organisationId]))]
  const lots = await lotsOf(ctx.db, over, { dayFrom: draw.dayFrom, dayTo: draw.dayTo, at: draw.drawnAt })
  const drawn = drawSample(lots, draw.share, draw.seed)
  const checks = await checksOf(ctx.db, draw.id, 0, MOST_DRAWN)
  return {
    samePool: poolHash(lots) === draw.poolHash,
    same: checks.length === drawn.length && checks.every(({ activityId }, at) => activityId === drawn[at]),
  }
}

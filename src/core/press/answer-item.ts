import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { answersOf, insertAnswer } from './answer.store.ts'
import { ANSWER_KINDS, MEDIUMS, MOST_ANSWERS, whyNotAnswer, type Answer, type AnswerKind } from './answer.ts'
import { bodyInCharge } from './body-in-charge.ts'
import { itemById } from './item.store.ts'
import type { StandingItem } from './item.ts'
import { lockWire, updateWire, wireOf } from './wire.store.ts'
import { isAnswerToken, itemNamedBy, secretOf } from './wire.ts'

const line = (most: number) => v.optional(v.pipe(v.string(), v.trim(), v.maxLength(most)), '')
const Given = {
  kind: v.picklist(ANSWER_KINDS),
  medium: v.nullish(v.picklist(MEDIUMS), null),
  link: line(2_000),
  ranAt: v.nullish(v.date(), null),
  minutes: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_440)), null),
  note: line(1_000),
}

/** A newsroom answers on an item by the link that stands with it, without an account. */
export const answerByLink = action('press.answer', {
  input: v.object({ ...Given, token: v.pipe(v.string(), v.maxLength(100)) }),
  may: { who: 'anybody' },
  records: ({ kind }, itemId: Id<'press_item'>) => recorded(kind, itemId),
  async run(ctx, { token, ...answer }) {
    const item = await itemOfLink(ctx, token)
    if (!item) throw new Refusal('press.not_found')
    return note(ctx, item, answer)
  },
})

/** A member of staff writes down what a newsroom told them. */
export const answerForNewsroom = action('press.answer_for', {
  input: v.object({ ...Given, itemId: idOf<'press_item'>() }),
  may: {
    who: 'roles',
    roles: ['press_officer', 'campaign_officer'],
    within: async (ctx, { itemId }) => bodyInCharge(ctx, await itemById(ctx.db, itemId)),
  },
  records: ({ kind, itemId }) => recorded(kind, itemId),
  async run(ctx, { itemId, ...answer }) {
    const item = await itemById(ctx.db, itemId)
    if (!item) throw new Refusal('press.not_found')
    return note(ctx, item, answer)
  },
})

/** The item that an answer link opens; null for a link that is none of ours, or of a wire that was given another address. */
export async function itemOfLink(ctx: Ctx, token: string): Promise<StandingItem | null> {
  const id = itemNamedBy(token)
  const item = id && (await itemById(ctx.db, id))
  if (!item) return null
  const secret = await secretOf(ctx, await wireOf(ctx.db, item.outletId))
  return secret && isAnswerToken(secret, item.id, token) ? item : null
}

function recorded(kind: AnswerKind, itemId: Id<'press_item'>) {
  return { subject: 'press_item', subjectId: itemId, facts: { kind } }
}

async function note(ctx: Ctx, item: StandingItem, given: Omit<Answer, 'link'> & { link: string }) {
  const answer: Answer = { ...given, link: given.link || null }
  const wire = await lockWire(ctx.db, item.outletId)
  const before = await answersOf(ctx.db, [item.id])
  if (before.length >= MOST_ANSWERS) throw new Refusal('press.answers_full')
  const at = ctx.clock.now()
  refuseIf(whyNotAnswer(answer, item, at))
  const personId = actingPerson(ctx)
  await insertAnswer(ctx.db, { ...answer, itemId: item.id, at, personId, person: null })
  const counts = { taken: wire.taken, ran: wire.ran, notRunning: wire.notRunning }
  const last = before[0]
  if (last) counts[COUNTER[last.kind]]--
  counts[COUNTER[answer.kind]]++
  await updateWire(ctx.db, item.outletId, counts)
  return item.id
}

const COUNTER = { taken: 'taken', ran: 'ran', not_running: 'notRunning' } as const

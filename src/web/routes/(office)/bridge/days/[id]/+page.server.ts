import {
  daysAhead,
  declineProposedDay,
  proposalsNamed,
  proposedDayById,
  takeProposedDay,
  whyNotDecideDay,
  type ProposedDay,
} from '#core/bridge/index.ts'
import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { stationsProgrammedBy } from '#core/programme/index.ts'
import { stationByCode, stationOf } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const id = givenId<'bridge_day'>(params.id)
  const proposed = id && (await proposedDayById(ctx.db, id))
  if (!proposed) throw new Refusal('bridge.not_found')
  const { content, contentHash: _hash, ...day } = proposed
  const named = await stationByCode(ctx.db, proposed.station)
  const own = await stationsProgrammedBy(ctx)
  const ahead = daysAhead(content, dayAt(ctx.clock.now()))
  const refusal =
    whyNotDecideDay(proposed) ??
    (await declineProposedDay.whyNot(ctx, { dayId: proposed.id, reason: 'x' })) ??
    (own.length === 0 ? new Refusal('bridge.no_own_station') : null)
  const gone = ahead.length === 0 ? new Refusal('bridge.day_gone') : null
  return {
    day,
    named: named?.name ?? null,
    takenAt: proposed.stationId && ((await stationOf(ctx.db, proposed.stationId))?.name ?? ''),
    days: [content.day, ...content.copies],
    ahead: ahead.length,
    slots: await shownSlots(ctx, proposed),
    stations: own.map(({ id: value, name }) => ({ value: value as string, name })),
    chosen: own.find((one) => one.id === named?.id)?.id ?? own[0]?.id ?? '',
    whyNot: refusal && sentenceOf(w, refusal),
    whyNotTake: refusal || gone ? sentenceOf(w, refusal ?? gone ?? new Refusal('bridge.day_gone')) : null,
  }
}

/** The hours with what is in them; of each bulletin, where it stands here. */
async function shownSlots(ctx: Ctx, { source, content }: ProposedDay) {
  const ids = [...new Set(content.slots.flatMap(({ plays }) => plays.map(({ bulletinId }) => bulletinId)))]
  const proposals = await proposalsNamed(ctx.db, ids)
  const byId = new Map(
    [...proposals.values()].filter((one) => one.source === source).map((one) => [one.bulletinId, one]),
  )
  return content.slots.map(({ plays, ...slot }) => ({
    ...slot,
    plays: plays
      .toSorted((one, other) => one.order - other.order)
      .map(({ order, bulletinId, seconds }) => ({
        ...{ order, bulletinId, seconds, title: content.titles[bulletinId] ?? '' },
        proposalId: (byId.get(bulletinId)?.id ?? null) as string | null,
        state: byId.get(bulletinId)?.state ?? null,
      })),
  }))
}

const dayIn = (params: Partial<Record<string, string>>) => (params['id'] ?? '') as Id<'bridge_day'> // the schema looks at it

export const actions: Actions = {
  take: act(takeProposedDay, {
    input: (data, { params }) => ({ dayId: dayIn(params), stationId: fieldOf(data, 'stationId') as Id<'outlet'> }),
    then: (_slots, { params }) => `${paths.bridgeDay(params['id'] ?? '')}?done=bridge_day_taken`,
  }),
  decline: act(declineProposedDay, {
    input: (data, { params }) => ({ dayId: dayIn(params), reason: fieldOf(data, 'reason') }),
    then: () => `${paths.bridgeDays}?done=bridge_day_declined`,
  }),
}

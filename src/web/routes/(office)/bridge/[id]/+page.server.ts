import {
  attemptsOfExchange,
  exchangeById,
  previewPackage,
  pushAgain,
  takePackage,
  whyNotTake,
} from '#core/bridge/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { formWork } from '../form-work.ts'
import { keptRows } from './kept-rows.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const MOST_SHOWN = 200

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'bridge_exchange'>(params.id)
  const exchange = id && (await exchangeById(ctx.db, id))
  if (!exchange) throw new Refusal('bridge.not_found')
  const open = exchange.direction === 'in' && exchange.state === 'waiting'
  const refusal = await whyNotTake(ctx)
  return {
    exchange,
    attempts: await attemptsOfExchange(ctx.db, exchange.id),
    preview: open ? shownPreview(w, await previewPackage(ctx, exchange.id)) : null,
    kept: exchange.direction === 'in' ? await keptRows(ctx, w, exchange, url) : null,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

function shownPreview(w: Words, preview: Awaited<ReturnType<typeof previewPackage>>) {
  if (!preview) return null
  const { arrivals, days, unmapped, content } = preview
  const { devices, figures, reports, beats, showings } = content.content
  return {
    bulletins: arrivals.slice(0, MOST_SHOWN).map(({ bulletin, arrival }) => ({
      id: bulletin.id,
      title: bulletin.title,
      arrival,
      sound: bulletin.sound !== null && content.sounds.has(bulletin.sound.sha256),
    })),
    more: Math.max(0, arrivals.length - MOST_SHOWN),
    days: days.slice(0, MOST_SHOWN).map(({ content: { station, day, slots, copies }, arrival }) => ({
      ...{ station, day, arrival, slots: slots.length, copies: copies.length },
    })),
    moreDays: Math.max(0, days.length - MOST_SHOWN),
    beside: {
      ...{ devices: devices.length, figures: figures.length, reports: reports.length },
      ...{ beats: beats.length, showings: showings.length },
    },
    unmapped,
    problems: content.problems.slice(0, MOST_SHOWN).map(({ section, row, field, code }) => ({
      where: w('bridge_problem_at', { section: w(`bridge_section_${section}`), row, field }),
      why: sentenceOf(w, { code, facts: {} }),
    })),
  }
}

export const actions: Actions = {
  take: formWork(async (_data, { locals: { ctx }, params }) => {
    const id = givenId<'bridge_exchange'>(params['id'] ?? '')
    if (!id) throw new Refusal('bridge.not_found')
    await takePackage(ctx, id)
    return `${paths.bridge}?done=bridge_taken`
  }),
  again: act(pushAgain, {
    input: (_data, { params }) => ({ exchangeId: params['id'] ?? '' }),
    then: (_result, { params }) => `${paths.bridgeExchange(params['id'] ?? '')}?done=bridge_again`,
  }),
}

import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, type Id } from '#core/kernel/index.ts'
import { endSlot, keepSlot, readMarket, slotsOf, writeMarket, type Slot } from '#core/programme/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { stationAt } from '../../one-station.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const station = await stationAt(ctx, params.id)
  const today = dayAt(ctx.clock.now())
  const slots = await slotsOf(ctx.db, station.id, today)
  const refusal = await endSlot.whyNot(ctx, { stationId: station.id, slotId: '' as Id<'slot'> }) // asks for the station alone
  const weekdays = Array.from({ length: 7 }, (_, at) => ({
    value: String(1 << at),
    name: w(`programme_weekday_${at + 1}`),
  }))
  return {
    station: { id: station.id, name: station.name },
    today,
    weekdays,
    slots: slots.map((slot) => ({
      ...slot,
      ends: slot.toDay !== null && slot.toDay <= today,
      days: weekdays.filter(({ value }) => (slot.weekdays & Number(value)) !== 0).map(({ name }) => name),
      marketWords: marketWords(slot),
    })),
    whyNot: refusal && sentenceOf(w, refusal),
  }

  function marketWords(slot: Slot): string | null {
    const market = readMarket(slot.market)
    if (!market) return null
    if (market.kind === 'lunar') return w('programme_market_lunar', { days: market.days.join(', ') })
    return w('programme_market_cycle', { every: market.every, from: market.from })
  }
}

export const actions: Actions = {
  keep: act(keepSlot, {
    input: (data, { params }) => ({
      stationId: params.id ?? '',
      name: fieldOf(data, 'name'),
      weekdays: data.getAll('weekdays').reduce((bits, value) => bits | Number(value), 0),
      market: marketOf(data),
      begins: fieldOf(data, 'begins').slice(0, 5),
      minutes: Number(fieldOf(data, 'minutes')),
      fromDay: fieldOf(data, 'fromDay') || null,
      toDay: fieldOf(data, 'toDay') || null,
      seasonFrom: monthDayOf(fieldOf(data, 'seasonFrom')),
      seasonTo: monthDayOf(fieldOf(data, 'seasonTo')),
    }),
    then: (_id, { params }) => `${paths.programmeSlots(params.id ?? '')}?done=programme_slot_kept`,
  }),
  end: act(endSlot, {
    input: (data, { params }) => ({ stationId: params.id ?? '', slotId: fieldOf(data, 'slot') as Id<'slot'> }), // the schema looks at it
    then: (_done, { params }) => `${paths.programmeSlots(params.id ?? '')}?done=programme_slot_ended`,
  }),
}

/** `mùng 5, 10` or every so many days from a day on which the market was held; what is neither the action refuses. */
function marketOf(data: FormData): string {
  const [lunar, every, from] = [fieldOf(data, 'lunar'), fieldOf(data, 'every'), fieldOf(data, 'marketFrom')]
  const days = (lunar.match(/\d+/g) ?? []).map(Number)
  if (days.length > 0) return writeMarket({ kind: 'lunar', days })
  return every === '' && from === '' ? '' : `cycle ${every} ${from}`
}

/** `1/11` or `01-11`, day before month as people write it, as `11-01`. */
function monthDayOf(typed: string): string | null {
  const found = /^(\d{1,2})\s*[/-]\s*(\d{1,2})$/.exec(typed.trim())
  if (!found) return typed.trim() === '' ? null : typed
  return `${(found[2] ?? '').padStart(2, '0')}-${(found[1] ?? '').padStart(2, '0')}`
}

import { CHANNELS } from '#core/channel/index.ts'
import { BREAKDOWNS, type Catalogue } from '#core/evidence/index.ts'
import { fieldOf } from '#web/forms/act.ts'

/** Fields for what is counted of a kind, the main thing first. */
export const COUNTED_FIELDS = [1, 2, 3, 4] as const

/** A kind as the form says it; new ones stand after those that are. */
export function kindOf(data: FormData, { kinds }: Catalogue) {
  const indicators = COUNTED_FIELDS.flatMap((at) => {
    const code = fieldOf(data, `indicator${at}`)
    const preset = fieldOf(data, `preset${at}`).trim()
    return code === '' ? [] : [{ code, preset: preset === '' ? null : Number(preset) }]
  })
  const stays = fieldOf(data, 'staysDays').trim()
  return {
    code: fieldOf(data, 'code'),
    name: fieldOf(data, 'name'),
    channel: CHANNELS.find((one) => one === fieldOf(data, 'channel')) ?? 'other',
    staysDays: stays === '' ? null : Number(stays),
    ordinal: Math.max(0, ...kinds.map(({ ordinal }) => ordinal)) + 10,
    endedOn: null,
    indicators,
  }
}

export function indicatorOf(data: FormData) {
  const text = (name: string) => fieldOf(data, name)
  const people = data.has('people')
  const [definition, counting] = [text('definition'), text('counting')]
  return {
    code: text('code'),
    name: text('name'),
    unit: text('unit'),
    definition,
    counting,
    people,
    ordinal: 1_000,
    endedOn: null,
  }
}

export function partOf(data: FormData) {
  const breakdown = BREAKDOWNS.find((one) => one === fieldOf(data, 'breakdown')) ?? 'ethnic_group'
  return { breakdown, code: fieldOf(data, 'code'), name: fieldOf(data, 'name'), ordinal: 500, endedOn: null }
}

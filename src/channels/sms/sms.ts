import {
  checkFields,
  linesOf,
  outsideGsm7,
  sentencesOf,
  smsParts,
  toGsm7,
  type ChannelRules,
  type MasterText,
  type Measure,
  type RenditionField,
} from '../../core/channel/index.ts'
import type { Finding } from '../../core/kernel/index.ts'

export interface SmsSettings {
  /** What one part costs, in dong; null until the carriers' contract says it. */
  readonly dongPerPart: number | null
  /** Parts at most: more is long for a phone, and dear. */
  readonly mostParts: number
  /** Parts that a default text should keep to. */
  readonly aimParts: number
}
const SETTINGS: SmsSettings = { dongPerPart: null, mostParts: 6, aimParts: 3 }

const FIELDS: readonly RenditionField[] = [
  { name: 'accented', shape: 'text', required: true, most: null },
  { name: 'unaccented', shape: 'text', required: true, most: null },
]

/** A text message, with diacritics (UCS-2) and without (GSM-7): carriers ask for both. */
export function smsRules(given: Partial<SmsSettings> = {}): ChannelRules {
  const settings = { ...SETTINGS, ...given }
  return {
    key: 'sms',
    fields: FIELDS,
    heard: false,
    stays: false,
    compose(master) {
      const accented = shortText(master, settings.aimParts)
      return { accented, unaccented: toGsm7(accented) }
    },
    check: (text) => [
      ...checkFields(FIELDS, text),
      ...outside(text.unaccented ?? ''),
      ...(['accented', 'unaccented'] as const).flatMap((field) =>
        tooMany(field, text[field] ?? '', settings.mostParts),
      ),
    ],
    measure: (text) =>
      (['accented', 'unaccented'] as const).flatMap((field) => measures(field, text[field] ?? '', settings)),
  }
}

/** Parts of a text as one of its two kinds is sent. */
function partsOf(field: 'accented' | 'unaccented', text: string): string[] {
  return smsParts(text, field === 'accented' ? 'ucs2' : 'gsm7')
}

/** Title, as much of the rest as the parts hold by whole sentences, call to action; the number to call is never left out. */
function shortText(master: MasterText, aimParts: number): string {
  const [first] = master.hotlines
  const closing = sentences(master.callToAction)
  const said = first && !closing.join(' ').includes(first.number) ? [`Gọi ${first.number}.`] : []
  const end = [...closing, ...said]
  const title = ended(master.title)
  const fits = (middle: readonly string[]) =>
    partsOf('accented', [title, ...middle, ...end].filter(Boolean).join(' ')).length <= aimParts
  const middle: string[] = []
  for (const sentence of sentences([master.lead, ...linesOf(master.body)].join('\n'))) {
    if (!fits([...middle, sentence])) break
    middle.push(sentence)
  }
  return [title, ...middle, ...end].filter(Boolean).join(' ')
}

function sentences(text: string): string[] {
  return sentencesOf(text).map(ended)
}

function ended(sentence: string): string {
  return sentence === '' || /[.!?…]["”]?$/u.test(sentence) ? sentence : `${sentence}.`
}

function outside(text: string): Finding[] {
  return outsideGsm7(text).map(({ character, at }) => ({
    code: 'sms.outside_gsm7',
    weight: 'block',
    field: 'unaccented',
    span: [at, at + character.length],
    facts: { character },
    mend: toGsm7(character).replace('?', ''),
  }))
}

function tooMany(field: 'accented' | 'unaccented', text: string, most: number): Finding[] {
  const parts = partsOf(field, text).length
  return parts <= most
    ? []
    : [{ code: 'sms.too_many_parts', weight: 'block', field, span: null, facts: { parts, most }, mend: null }]
}

function measures(field: 'accented' | 'unaccented', text: string, { dongPerPart, mostParts }: SmsSettings): Measure[] {
  const parts = partsOf(field, text).length
  const cost: Measure[] =
    dongPerPart === null
      ? []
      : [{ code: `sms_cost_${field}`, value: parts * dongPerPart, unit: 'dong', limit: null, facts: {} }]
  return [
    { code: `sms_parts_${field}`, value: parts, unit: 'parts', limit: mostParts, facts: {} },
    { code: `sms_characters_${field}`, value: text.length, unit: 'characters', limit: null, facts: {} },
    ...cost,
  ]
}

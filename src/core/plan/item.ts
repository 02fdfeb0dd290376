import type { Day, Id } from '../kernel/index.ts'
import type {
  AudienceFound,
  ChannelFound,
  Duty,
  HotlineFound,
  LegalBasis,
  PeriodFound,
  Reading,
  SloganFound,
  TargetFound,
  ThemeFound,
} from './reading/reading.ts'

export const ITEM_KINDS = [
  'head',
  'legal_basis',
  'period',
  'theme',
  'slogan',
  'hotline',
  'audience',
  'target',
  'channel',
  'duty',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** What each kind holds, without span and confidence: those belong to the item. */
export interface ItemValues {
  head: {
    type: string | null
    notation: string | null
    issuer: string | null
    place: string | null
    issuedOn: Day | null
    title: string | null
  }
  legal_basis: Bare<LegalBasis>
  period: Bare<PeriodFound>
  theme: Bare<ThemeFound>
  slogan: Bare<SloganFound>
  hotline: Bare<HotlineFound>
  audience: Bare<AudienceFound>
  target: Bare<TargetFound>
  channel: Bare<ChannelFound>
  duty: Bare<Duty>
}
type Bare<Thing> = Omit<Thing, 'span' | 'confidence'>

/**
 * `proposed` by the machine and not yet looked at; `right` as read; `corrected`, `added` or `dropped` by a person.
 * A dropped item stays: what was read and refused is part of the record.
 */
export type ItemState = 'proposed' | 'right' | 'corrected' | 'added' | 'dropped'

export interface ItemOf<Kind extends ItemKind> {
  readonly id: Id<'plan_item'>
  readonly planId: Id<'plan'>
  readonly kind: Kind
  readonly key: string
  readonly ordinal: number
  /** What the machine read; null for what a person added. Never changed. */
  readonly machine: ItemValues[Kind] | null
  /** What counts. */
  readonly value: ItemValues[Kind]
  readonly span: readonly [number, number] | null
  readonly confidence: number | null
  readonly state: ItemState
}
export type Item = { [Kind in ItemKind]: ItemOf<Kind> }[ItemKind]

/** An item before it has an id: what a reading proposes. */
export type Proposal = {
  [Kind in ItemKind]: Pick<ItemOf<Kind>, 'kind' | 'key' | 'ordinal' | 'span' | 'confidence'> & {
    readonly machine: ItemValues[Kind]
  }
}[ItemKind]

/** At this confidence and above a page shows no doubt. */
export const SURE = 0.8

/** Everything a reading proposes, in the order a person walks it. Keys stay the same when the same text is read again. */
export function proposalsOf(reading: Reading): Proposal[] {
  const { document: head } = reading
  const numbered = numberKeys()
  const proposals: Proposal[] = [
    {
      kind: 'head',
      key: 'head',
      ordinal: 0,
      span: head.spans.notation ?? head.spans.title ?? null,
      confidence: head.notation && head.issuedOn && head.issuer ? 0.95 : 0.5,
      machine: {
        type: head.type,
        notation: head.notation,
        issuer: head.issuer,
        place: head.place,
        issuedOn: head.issuedOn,
        title: head.title,
      },
    },
  ]
  const lists = {
    legal_basis: reading.legalBases,
    period: reading.periods,
    theme: reading.themes,
    slogan: reading.slogans,
    hotline: reading.hotlines,
    audience: reading.audiences,
    target: reading.targets,
    channel: reading.channels,
    duty: reading.duties,
  }
  for (const [kind, found] of Object.entries(lists)) {
    found.forEach(({ span, confidence, ...machine }, ordinal) => {
      const key = numbered(`${kind}:${identityOf(machine)}`)
      // One loop for nine kinds: the list a value came from fixes its kind, which the compiler cannot follow.
      proposals.push({ kind, key, ordinal, span, confidence, machine } as Proposal)
    })
  }
  return proposals
}

/** What makes a thing the same thing when it is read again: its words, folded to letters and digits. */
function identityOf(machine: object): string {
  const { clause, text, notation, title, number, channel, kind, from, to } = machine as Record<string, unknown>
  const words = [clause, channel, number, notation, kind, from, to, text ?? title]
  return words
    .filter((word) => typeof word === 'string' && word !== '')
    .join('|')
    .replace(/\s+/g, ' ')
    .slice(0, 400)
}

function numberKeys(): (key: string) => string {
  const seen = new Map<string, number>()
  return (key) => {
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 ? key : `${key}#${times}`
  }
}

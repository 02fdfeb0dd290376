import type { ChannelKey } from '../../channel/index.ts'
import type { Way } from '../reach.store.ts'
import type { OutletGroup } from './preview.store.ts'

/** What a channel would take in units that are paid for; `dong` is null where nobody has said what one costs. */
export interface Cost {
  /** Measure of the rendition whose parts these are, as `sms_parts_accented`; null: one unit a row. */
  readonly code: string | null
  readonly units: number
  readonly dong: number | null
}

/** One channel of a release as it would go out now. Rows: one an outlet, and one for each subscriber of a list. */
export interface ChannelPreview {
  readonly channel: ChannelKey
  readonly rows: number
  readonly machine: number
  readonly manual: number
  readonly lists: number
  readonly subscribers: number
  readonly paused: number
  readonly quiet: number
  /** Outlets where something is spoken in which nothing is said. */
  readonly untold: number
  /** Rows for machines that nothing can send to yet: they would wait. */
  readonly stranded: number
  readonly costs: readonly Cost[]
}

/** Outlets of a channel at which a language is spoken that the message does not have for it. */
export interface Gap {
  readonly channel: ChannelKey
  readonly language: string
  readonly outlets: number
}

/** What is known of the way out of a channel besides its outlets. */
export interface ChannelFacts {
  readonly channel: ChannelKey
  /** Whether machines of this channel can be sent to. */
  readonly sends: boolean
  /** Null where nobody has said it. */
  readonly dongPerUnit: number | null
  /** Parts of each rendition by the measures of its channel: rendition id → measure → parts. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** Rows of a group: lists have one for each subscriber. */
export function rowsOf({ list, outlets, subscribers }: OutletGroup): number {
  return list ? subscribers : outlets
}

/** Adds the groups of one channel up. */
export function channelPreview(
  facts: ChannelFacts,
  groups: readonly OutletGroup[],
  given: readonly Way[],
): ChannelPreview {
  const { channel, sends } = facts
  const own = groups.filter((group) => group.channel === channel)
  const sum = (of: (group: OutletGroup) => number, which = own) => which.reduce((total, one) => total + of(one), 0)
  const machine = own.filter(({ means }) => means === 'machine')
  return {
    channel,
    rows: sum(rowsOf),
    machine: sum(rowsOf, machine),
    manual: sum(rowsOf) - sum(rowsOf, machine),
    lists: sum(({ list, outlets }) => (list ? outlets : 0)),
    subscribers: sum(({ subscribers }) => subscribers),
    paused: sum(({ paused }) => paused),
    quiet: sum(({ quiet }) => quiet),
    untold: sum((group) => (untoldIn(group, given).length > 0 ? group.outlets : 0)),
    stranded: sends ? 0 : sum(rowsOf, machine),
    costs: costsOf(facts, own, given),
  }
}

/** What is spoken at the outlets of a group and not said in any rendition of their channel. */
export function untoldIn({ channel, languages }: OutletGroup, given: readonly Way[]): string[] {
  const told = new Set(given.filter((way) => way.channel === channel).map(({ language }) => language))
  return languages.filter((language) => !told.has(language))
}

/** The gaps of all groups, the widest first. */
export function gapsOf(groups: readonly OutletGroup[], given: readonly Way[]): Gap[] {
  const gaps = new Map<string, Gap>()
  for (const group of groups) {
    for (const language of untoldIn(group, given)) {
      const key = `${group.channel} ${language}`
      const outlets = (gaps.get(key)?.outlets ?? 0) + group.outlets
      gaps.set(key, { channel: group.channel, language, outlets })
    }
  }
  return [...gaps.values()].sort((one, other) => other.outlets - one.outlets)
}

/** What an outlet of a group gets, as the ledger plans it: the renditions in what is said there, else all of its channel. */
function waysTo({ channel, languages }: OutletGroup, given: readonly Way[]): readonly Way[] {
  const all = given.filter((way) => way.channel === channel)
  const said = all.filter(({ language }) => languages.includes(language))
  return said.length > 0 ? said : all
}

function costsOf(facts: ChannelFacts, own: readonly OutletGroup[], given: readonly Way[]): Cost[] {
  const { parts, dongPerUnit } = facts
  const codes = new Set([...parts.values()].flatMap((measures) => [...measures.keys()]))
  const cost = (code: string | null, units: number): Cost => ({
    code,
    units,
    dong: dongPerUnit === null ? null : Math.round(units * dongPerUnit),
  })
  if (codes.size === 0) {
    const units = own.reduce((total, group) => total + rowsOf(group), 0)
    return dongPerUnit === null ? [] : [cost(null, units)]
  }
  return [...codes].map((code) => {
    const partsTo = (group: OutletGroup) =>
      waysTo(group, given).reduce((total, { id }) => total + (parts.get(id)?.get(code) ?? 0), 0)
    return cost(
      code,
      own.reduce((total, group) => total + rowsOf(group) * partsTo(group), 0),
    )
  })
}

import type { Day } from '../kernel/index.ts'

/** A counted thing with its unit (chỉ tiêu). */
export interface Indicator {
  readonly code: string
  readonly name: string
  /** As official reports write it: `buổi`, `lượt người`, `tờ`. */
  readonly unit: string
  readonly definition: string
  /** How it is counted, for who counts. */
  readonly counting: string
  /** Whether it counts people, who may be told apart by sex, age and ethnic group. */
  readonly people: boolean
  readonly ordinal: number
  /** From this day on nothing new is counted of it; what was counted stays. */
  readonly endedOn: Day | null
}

/** By what people are told apart; each is a count beside the whole, never a cross of two. */
export const BREAKDOWNS = ['sex', 'age', 'ethnic_group'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

export interface PeoplePart {
  readonly breakdown: Breakdown
  readonly code: string
  readonly name: string
  readonly ordinal: number
  readonly endedOn: Day | null
}

/** What people do by hand (loại hoạt động), with what is counted of it. */
export interface ActivityKind {
  readonly code: string
  readonly name: string
  /** The way out it belongs to, as plans name it. */
  readonly channel: string
  /** Days after which what was put up comes down; null where nothing is put up. */
  readonly staysDays: number | null
  readonly ordinal: number
  readonly endedOn: Day | null
  /** The main thing first. */
  readonly indicators: readonly { readonly code: string; readonly preset: number | null }[]
}

/** All that activities are made of, old entries included. */
export interface Catalogue {
  readonly kinds: readonly ActivityKind[]
  readonly indicators: readonly Indicator[]
  readonly parts: readonly PeoplePart[]
}

/** What may still be used on a day. */
export function inUse<One extends { readonly endedOn: Day | null }>(all: readonly One[], day: Day): One[] {
  return all.filter(({ endedOn }) => endedOn === null || endedOn > day)
}

/** The kind a task of these ways out is most likely proved by: the first of its first channel that has one. */
export function kindForChannels(kinds: readonly ActivityKind[], channels: readonly string[]): ActivityKind | null {
  for (const channel of channels) {
    const kind = kinds.find((one) => one.channel === channel)
    if (kind) return kind
  }
  return null
}

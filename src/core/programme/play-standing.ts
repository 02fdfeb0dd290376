import type { EndState, Play } from './programme.ts'

/**
 * What is known of a play at a moment: it waits for the commune, will play, should have begun and nobody has said what
 * became of it, was played at a device at least, was heard in part, was left out, could not be played, or was taken away.
 */
export type PlayStanding =
  'offered' | 'coming' | 'awaited' | 'played' | 'partial' | 'skipped' | 'unplayed' | 'cancelled'

/** `byHand`: at a station where people play it and say so afterwards, so that nothing is left out for want of a choice. */
export function standingOfPlay(
  { state, plannedAt }: Pick<Play, 'state' | 'plannedAt'>,
  ends: Readonly<Partial<Record<EndState, number>>>,
  { byHand, now }: { readonly byHand: boolean; readonly now: Date },
): PlayStanding {
  const any = (end: EndState) => (ends[end] ?? 0) > 0
  if (any('played')) return 'played'
  if (any('partial')) return 'partial'
  if (state === 'cancelled') return 'cancelled'
  if (state === 'skipped') return 'skipped'
  if (plannedAt > now) return state === 'offered' ? 'offered' : 'coming'
  // The worker writes it down within a minute; until then nobody should wait for it.
  if (state === 'offered' && !byHand) return 'skipped'
  const told = Object.entries(ends).some(([end, count]) => end !== 'expected' && count > 0)
  return told && !any('expected') ? 'unplayed' : 'awaited'
}

/** The gravest first: what a person can do something about is told before what was meant to be so. */
const GRAVITY = ['failed', 'preempted', 'offline', 'skipped', 'cancelled'] as const

/** Why a play was not heard, worded under `delivery_detail_<code>`, or in the words of who left it out; empty where nothing says. */
export function whyUnplayed(
  { state, reason }: Pick<Play, 'state' | 'reason'>,
  ends: Readonly<Partial<Record<EndState, number>>>,
): string {
  if (reason !== '') return reason
  if (state === 'offered') return 'nobody_chose'
  const worst = GRAVITY.find((end) => (ends[end] ?? 0) > 0)
  return worst ? `play_${worst}` : ''
}

import type { PlannedShowing } from '../../platform/speakers/protocol.ts'

/**
 * What stands at a moment, in the order of one round: emergencies alone while there are any; what has priority twice. While
 * the time is not known nothing stands but emergencies of which it is not certain that they are over.
 */
export function roundOf(
  showings: readonly PlannedShowing[],
  nowMs: number | null,
  atLeastMs: number,
): readonly PlannedShowing[] {
  const standing = showings.filter(({ from, until, class: rank }) => {
    if (Date.parse(until) <= atLeastMs) return false
    return nowMs === null ? rank === 'emergency' : Date.parse(from) <= nowMs
  })
  const alone = standing.filter((one) => one.class === 'emergency')
  if (alone.length > 0) return alone
  const twice = standing.filter((one) => one.class === 'priority')
  const once = standing.filter((one) => one.class === 'ordinary')
  const half = Math.ceil(once.length / 2)
  return once.length === 0 ? twice : [...twice, ...once.slice(0, half), ...twice, ...once.slice(half)]
}

/** The next moment at which another thing stands; null where none is known. */
export function nextChangeMs(showings: readonly PlannedShowing[], nowMs: number): number | null {
  const moments = showings.flatMap(({ from, until }) => [Date.parse(from), Date.parse(until)])
  const next = Math.min(...moments.filter((ms) => ms > nowMs))
  return Number.isFinite(next) ? next : null
}

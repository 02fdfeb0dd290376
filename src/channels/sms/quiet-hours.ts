/** Vietnam is seven hours ahead of UTC and knows no summer time. */
const AHEAD_MS = 7 * 3_600_000
const DAY_MS = 86_400_000
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/

/**
 * The moment at which hours of silence end that `now` lies in; null outside of them, and where none are set. `from` and `to`
 * are `HH:MM` in the time of Vietnam; from 22:00 to 07:00 goes over midnight, and one hour to the same is a whole day of none.
 */
export function quietUntil(now: Date, from: string | null, to: string | null): Date | null {
  const [begins, ends] = [minutesOf(from), minutesOf(to)]
  if (begins === null || ends === null || begins === ends) return null
  const local = now.getTime() + AHEAD_MS
  const midnight = local - (local % DAY_MS)
  const minute = (local - midnight) / 60_000
  const inside = begins < ends ? minute >= begins && minute < ends : minute >= begins || minute < ends
  if (!inside) return null
  const end = midnight + ends * 60_000
  return new Date((end > local ? end : end + DAY_MS) - AHEAD_MS)
}

function minutesOf(clock: string | null): number | null {
  const found = CLOCK.exec(clock?.trim() ?? '')
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

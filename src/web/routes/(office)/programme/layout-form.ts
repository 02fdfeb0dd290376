import type { Words } from '#app/wording/words.ts'
import { AIRING_WAYS, type LayoutPreview, type Period } from '#core/programme/index.ts'

/** So many parts of its time may have a rule of their own on one page. */
export const PARTS = 4

/** The parts that have a first and a last day; what is in them the action looks at. */
export function periodsIn(given: URLSearchParams): Period[] {
  const text = (name: string) => given.get(name) ?? ''
  return Array.from({ length: PARTS }, (_, at) => at).flatMap((at) => {
    const [from, to, times] = [text(`from${at}`), text(`to${at}`), text(`timesADay${at}`)]
    if (from === '' || to === '') return []
    const on = AIRING_WAYS.find((one) => one === text(`on${at}`)) ?? 'daily'
    return [
      {
        from,
        to,
        on,
        timesAWeek: Number(text(`timesAWeek${at}`)) || 2,
        timesADay: times === '' ? null : Number(times),
      },
    ]
  })
}

/** As many parts as a page has, the first of them as given. */
export function partsOf(periods: readonly Period[]): (Period | null)[] {
  return Array.from({ length: PARTS }, (_, at) => periods[at] ?? null)
}

export function waysOf(w: Words) {
  return AIRING_WAYS.map((value) => ({ value, name: w(`programme_on_${value}`) }))
}

/** What cannot be laid, station by station, each reason once with how often and on which day first. */
export function conflictsShown(w: Words, { stations }: LayoutPreview) {
  return stations.flatMap(({ station, conflicts }) =>
    [...Map.groupBy(conflicts, ({ why, what }) => `${why} ${what}`).values()].flatMap(([first, ...more]) =>
      first
        ? [
            {
              station: station.name,
              count: more.length + 1,
              day: first.day,
              words: w(`programme_conflict_${first.why}`, { what: first.what }),
            },
          ]
        : [],
    ),
  )
}

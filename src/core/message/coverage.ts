import type { Standing } from './standing.ts'

/** What is ready of one message in one language. */
export interface LanguageCover {
  readonly all: number
  readonly ready: number
}

export function coverOf({ renditions }: Pick<Standing, 'renditions'>, tag: string): LanguageCover {
  const own = renditions.filter(({ rendition }) => rendition.language === tag)
  return { all: own.length, ready: own.filter(({ state }) => state === 'ready').length }
}

/** Of the messages meant for a place, how many are ready whole in a language. */
export interface PlaceCover {
  readonly meant: number
  readonly ready: number
}

/** `path` is the place and those above it, by id: a message for the province is meant for its communes. */
export function placeCoverOf(standings: readonly Standing[], path: readonly string[], tag: string): PlaceCover {
  const meant = standings.filter(
    ({ message }) => message.places.length === 0 || message.places.some((place) => path.includes(place)),
  )
  const ready = meant.filter((standing) => {
    const cover = coverOf(standing, tag)
    return cover.all > 0 && cover.ready === cover.all
  })
  return { meant: meant.length, ready: ready.length }
}

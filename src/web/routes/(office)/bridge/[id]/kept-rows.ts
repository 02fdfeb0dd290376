import {
  beatRows,
  countRows,
  deviceRows,
  figureRows,
  reportRows,
  ROW_LISTS,
  showingRows,
  type Exchange,
  type RowList,
} from '#core/bridge/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { momentWords } from '#web/lib/date-words.ts'
import { lengthWords } from '#web/lib/length-words.ts'
import { withQuery } from '#web/paths.ts'
import type { Words } from '#app/wording/words.ts'

const PER_PAGE = 50

export interface KeptRow {
  readonly key: string
  /** One for each column, in their order. */
  readonly cells: readonly string[]
}

/** What a package that was taken brought besides bulletins and days, a list at a time. */
export async function keptRows(ctx: Ctx, w: Words, { id }: Exchange, url: URL) {
  const counts = await countRows(ctx.db, id)
  const lists = ROW_LISTS.filter((list) => counts[list] > 0)
  const list = lists.find((one) => one === url.searchParams.get('list')) ?? lists[0]
  if (!list) return null
  const after = url.searchParams.get('after') ?? ''
  const found = await rowsIn[list](ctx, w, id, after)
  const rows = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? rows.at(-1) : undefined
  return {
    ...{ list, rows, columns: COLUMNS[list] },
    lists: lists.map((one) => ({ list: one, count: counts[one], href: withQuery(url, { list: one, after: null }) })),
    first: after ? withQuery(url, { list, after: null }) : null,
    next: last ? withQuery(url, { list, after: last.key }) : null,
  }
}

/** Worded under `bridge_row_<key>`. */
const COLUMNS = {
  devices: ['device', 'name', 'area', 'address', 'on', 'here'],
  figures: ['station', 'speaker', 'place', 'told', 'ours'],
  beats: ['device', 'name', 'at', 'version', 'volume', 'faults'],
  showings: ['board', 'title', 'kind', 'words', 'from', 'until'],
  reports: ['report', 'bulletin', 'device', 'state', 'at', 'seconds'],
} as const satisfies Record<RowList, readonly string[]>

const rowsIn: Record<RowList, (ctx: Ctx, w: Words, id: Exchange['id'], after: string) => Promise<KeptRow[]>> = {
  async devices(ctx, w, id, after) {
    return (await deviceRows(ctx.db, id, after, PER_PAGE + 1)).map((one) => ({
      key: one.key,
      cells: [
        ...[one.code, one.name, one.area, one.address, w(one.on ? 'bridge_on' : 'bridge_off')],
        w(`bridge_here_${one.here}`, { area: one.hereArea ?? '' }),
      ],
    }))
  },
  async figures(ctx, w, id, after) {
    const said = (given: { total: number; played: number; playedSeconds: number }) =>
      w('bridge_row_played', { ...given, length: lengthWords(given.playedSeconds) })
    return (await figureRows(ctx.db, id, after, PER_PAGE + 1)).map((one) => ({
      key: one.key,
      cells: [
        ...[one.station, one.speaker, one.place, said(one)],
        one.ours ? said(one.ours) : w(one.from ? 'bridge_ours_none' : 'bridge_ours_no_days'),
      ],
    }))
  },
  async beats(ctx, _w, id, after) {
    return (await beatRows(ctx.db, id, after, PER_PAGE + 1)).map((one) => ({
      key: one.key,
      cells: [
        ...[one.device, one.name, momentWords(one.at), one.version, one.volume === null ? '' : `${one.volume}%`],
        one.faults.join(', '),
      ],
    }))
  },
  async showings(ctx, _w, id, after) {
    return (await showingRows(ctx.db, id, after, PER_PAGE + 1)).map((one) => ({
      key: one.key,
      cells: [one.board, one.title, one.kind, one.words, momentWords(one.from), momentWords(one.until)],
    }))
  },
  async reports(ctx, _w, id, after) {
    return (await reportRows(ctx.db, id, after, PER_PAGE + 1)).map((one) => ({
      key: one.key,
      cells: [one.id, one.bulletinId, one.device, one.state, momentWords(one.at), lengthWords(one.seconds)],
    }))
  },
}

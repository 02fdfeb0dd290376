import type { Ctx } from '../core/kernel/index.ts'
import { BARE_STATION_ROW, type RowKind, type StationRow } from '../core/station/index.ts'

/** A row of the table of stations, for tests: what is not said is as it is most often in Bản Hồ. */
export function stationRow(given: Partial<StationRow> & { readonly kind: RowKind; readonly code: string }): StationRow {
  return { ...BARE_STATION_ROW, ...USUAL[given.kind], ...given }
}

const USUAL: Readonly<Record<RowKind, Partial<StationRow>>> = {
  station: { name: 'Đài truyền thanh xã', place: '02683', organisation: 'UBND-02683', carriage: 'ip' },
  cluster: { name: 'Cụm loa thôn', carriage: '4g' },
  speaker: {},
  board: {},
}

/** A station with as many clusters as asked for, each with an expected speaker. */
export function stationWith(code: string, clusters: number, given: Partial<StationRow> = {}): StationRow[] {
  const numbers = Array.from({ length: clusters }, (_, at) => `${code}-${String(at + 1).padStart(3, '0')}`)
  return [
    stationRow({ kind: 'station', code, ...given }),
    ...numbers.map((one) => stationRow({ kind: 'cluster', code: one, station: code, name: `Cụm loa ${one}` })),
    ...numbers.map((one) => stationRow({ kind: 'speaker', code: `TB-${one}`, cluster: one })),
  ]
}

/** The same context as somebody else. */
export const as = (ctx: Ctx, actor: Ctx['actor']): Ctx => ({ ...ctx, actor })

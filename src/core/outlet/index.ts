/**
 * Outlet (điểm phát, nơi nhận): one concrete end of a way out, with its place, its languages, its owner and its quiet
 * hours. It comes and goes by a table; nothing here sends.
 */
export { importOutlets, pauseOutlet, previewOutlets, resumeOutlet } from './keep-outlets.ts'
export { BARE_OUTLET_ROW, OUTLET_COLUMNS, type OutletPreview, type OutletRow } from './outlet-table.ts'
export {
  endOutlet,
  outletByCode,
  outletById,
  outletRows,
  outletsByIds,
  outletsWhere,
  type OutletFilter,
} from './outlet.store.ts'
export { OUTLET_KINDS, type Means, type Outlet, type OutletKind } from './outlet.ts'

/**
 * Place (địa bàn, đơn vị hành chính): a unit of the administrative tree with a lifetime. A place that ends names what it
 * became; ask for the tree as of any day.
 */
export { importPlaces } from './import-places.ts'
export { placeLineage, type PlaceNode } from './lineage.store.ts'
export { languagesSpokenIn, setPlaceLanguages } from './place-languages.ts'
export { placeRows, previewPlaces } from './place-rows.ts'
export { PLACE_COLUMNS, type BadPlaceCell, type PlacePreview, type PlaceRow } from './place-table.ts'
export { type Place, type PlaceKind, type PlaceLevel } from './place.ts'
export {
  placeByCode,
  placeById,
  placeCodes,
  placesAsOf,
  placesBecome,
  predecessorsOf,
  searchPlaces,
  successorsOf,
} from './place.store.ts'

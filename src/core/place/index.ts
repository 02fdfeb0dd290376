/**
 * Place (địa bàn, đơn vị hành chính): a unit of the administrative tree with a lifetime. A place that ends names what it
 * became; ask for the tree as of any day.
 */
export { importPlaces, type PlaceRow } from './import-places.ts'
export { PLACE_KINDS, type Place, type PlaceKind } from './place.ts'
export {
  placeByCode,
  placeById,
  placeCodes,
  placesAsOf,
  predecessorsOf,
  searchPlaces,
  successorsOf,
} from './place.store.ts'

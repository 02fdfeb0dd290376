import type { Db } from '../kernel/index.ts'
import { previewPlaceRows, type PlacePreview, type PlaceRow } from './place-table.ts'
import { placesAsOf, placeSuccessions } from './place.store.ts'

/** Every place as a row of the table: what export writes and import reads back. */
export async function placeRows(db: Db): Promise<PlaceRow[]> {
  const places = await placesAsOf(db, null)
  const codeOf = new Map(places.map((place) => [place.id, place.code]))
  const heirs = Map.groupBy(await placeSuccessions(db), (heir) => heir.fromId)
  const written = (number: number | null) => (number === null ? '' : String(number))
  return places.map((place) => ({
    code: place.code,
    kind: place.kind,
    level: place.level,
    name: place.name,
    parent: place.parentId ? (codeOf.get(place.parentId) ?? '') : '',
    alive_from: place.aliveFrom ?? '',
    alive_to: place.aliveTo ?? '',
    latitude: written(place.latitude),
    longitude: written(place.longitude),
    area_km2: written(place.areaKm2),
    languages: place.languages.join(';'),
    successors: (heirs.get(place.id) ?? [])
      .map((heir) => codeOf.get(heir.toId) ?? '')
      .sort()
      .join(';'),
    note: place.note ?? '',
  }))
}

/** What an import of these rows would do; nothing is changed. */
export async function previewPlaces(db: Db, rows: readonly PlaceRow[]): Promise<PlacePreview> {
  return previewPlaceRows(rows, new Map((await placeRows(db)).map((row) => [row.code, row])))
}

import * as v from 'valibot'
import { action, addDays, newId, Refusal, type Ctx } from '../kernel/index.ts'
import { previewPlaces } from './place-rows.ts'
import { listOf, placeOf, type PlaceColumn, type PlacePreview, type PlaceRow } from './place-table.ts'
import { insertPlaces, placeCodes, replacePlaceSuccessions, updatePlace } from './place.store.ts'
import { PLACE_LEVELS } from './place.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(10_000))
const Row = v.object({
  code: cell,
  kind: cell,
  level: cell,
  name: cell,
  parent: cell,
  alive_from: cell,
  alive_to: cell,
  latitude: cell,
  longitude: cell,
  area_km2: cell,
  languages: cell,
  successors: cell,
  note: cell,
} satisfies Record<PlaceColumn, typeof cell>)

/** Adds and amends places from a table, all or none: a single bad cell refuses it. The same table again changes nothing. */
export const importPlaces = action('place.import', {
  input: v.object({ rows: v.pipe(v.array(Row), v.maxLength(30_000)) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'place', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows }) {
    if (!(await isAtTheTop(ctx))) throw new Refusal('place.top_of_tree')
    const preview = await previewPlaces(ctx.db, rows)
    if (preview.bad.length > 0) throw new Refusal('place.bad_cells', { count: preview.bad.length })
    await keepRows(ctx, preview)
    return { added: preview.added.length, changed: preview.changed.length }
  },
})

/** The tree of places is one for all: only who administers a body without a superior changes it. */
async function isAtTheTop({ actor, db, hierarchy }: Ctx): Promise<boolean> {
  if (actor.kind !== 'person') return true // the action has turned away who is nobody
  for (const { role, organisationId } of actor.grants) {
    if (role === 'administrator' && (await hierarchy.above(db, organisationId)).size === 1) return true
  }
  return false
}

async function keepRows(ctx: Ctx, { added, changed }: PlacePreview): Promise<void> {
  const ids = await placeCodes(ctx.db)
  for (const row of added) ids.set(row.code, newId<'place'>())
  const asPlace = (row: PlaceRow) => {
    const id = ids.get(row.code)
    if (!id) throw new Error(`row ${row.code} was found good without its id`)
    return placeOf(row, { id, parentId: ids.get(row.parent) ?? null })
  }
  const depthOf = (row: PlaceRow) => PLACE_LEVELS.findIndex((level) => level === row.level)
  await insertPlaces(ctx.db, [...added].sort((one, other) => depthOf(one) - depthOf(other)).map(asPlace))
  for (const row of changed) await updatePlace(ctx.db, asPlace(row))
  const touched = [...added, ...changed]
  await replacePlaceSuccessions(
    ctx.db,
    touched.flatMap((row) => ids.get(row.code) ?? []),
    touched.flatMap((row) => {
      const fromId = ids.get(row.code)
      return listOf(row.successors).flatMap((code) => {
        const toId = ids.get(code)
        return fromId && toId ? [{ fromId, toId, onDay: addDays(row.alive_to, 1), note: null }] : []
      })
    }),
  )
}

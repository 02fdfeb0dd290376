import * as v from 'valibot'
import { action, addDays, newId, Refusal, type Db } from '../kernel/index.ts'
import { placeCodes } from '../place/index.ts'
import {
  listOf,
  organisationOf,
  previewRows,
  type OrganisationColumn,
  type OrganisationPreview,
  type OrganisationRow,
} from './organisation-table.ts'
import {
  insertOrganisations,
  insertSuccessions,
  organisationsAsOf,
  successions,
  updateOrganisation,
} from './organisation.store.ts'
import type { Organisation } from './organisation.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(2_000))
const Row = v.object({
  code: cell,
  name: cell,
  aliases: cell,
  kind: cell,
  level: cell,
  place: cell,
  parent: cell,
  alive_from: cell,
  alive_to: cell,
  successors: cell,
  note: cell,
} satisfies Record<OrganisationColumn, typeof cell>)

/** What an import of these rows would do; nothing is changed. */
export async function previewOrganisations(db: Db, rows: readonly OrganisationRow[]): Promise<OrganisationPreview> {
  const standing = await organisationRows(db)
  const places = await placeCodes(db)
  return previewRows(rows, {
    organisations: new Map(standing.map((row) => [row.code, row])),
    places: new Set(places.keys()),
  })
}

/** Adds and amends organisations from a table, all or none: a single bad cell refuses it. The same table again changes nothing. */
export const importOrganisations = action('organisation.import', {
  input: v.object({ rows: v.pipe(v.array(Row), v.maxLength(20_000)) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'organisation', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows }) {
    const preview = await previewOrganisations(ctx.db, rows)
    if (preview.bad.length > 0) throw new Refusal('organisation.bad_cells', { count: preview.bad.length })
    const places = await placeCodes(ctx.db)
    const before = new Map((await organisationsAsOf(ctx.db, null)).map((body) => [body.code, body]))
    const ids = new Map([...before.values()].map((body) => [body.code, body.id]))
    for (const row of preview.added) ids.set(row.code, newId<'organisation'>())
    const bodyOf = (row: OrganisationRow): Organisation => {
      const [id, placeId] = [ids.get(row.code), places.get(row.place)]
      if (!id || !placeId) throw new Error(`row ${row.code} was found good without its place`)
      return organisationOf(row, { id, placeId, parentId: ids.get(row.parent) ?? null })
    }
    await insertOrganisations(ctx.db, parentsFirst(preview.added).map(bodyOf))
    for (const row of preview.changed) await updateOrganisation(ctx.db, bodyOf(row))
    const touched = [...preview.added, ...preview.changed]
    await insertSuccessions(
      ctx.db,
      touched.flatMap((row) =>
        listOf(row.successors).map(({ code, duty }) => ({
          fromCode: row.code,
          toCode: code,
          onDay: addDays(row.alive_to, 1),
          duty,
        })),
      ),
    )
    return { added: preview.added.length, changed: preview.changed.length }
  },
})

/** Every organisation as a row of the table: what export writes and import reads back. */
export async function organisationRows(db: Db): Promise<OrganisationRow[]> {
  const bodies = await organisationsAsOf(db, null)
  const codeOf = new Map(bodies.map((body) => [body.id, body.code]))
  const placeOf = new Map([...(await placeCodes(db))].map(([code, id]) => [id, code]))
  const heirs = await successions(db)
  return bodies.map((body) => ({
    code: body.code,
    name: body.name,
    aliases: body.aliases.join(';'),
    kind: body.kind,
    level: body.level,
    place: placeOf.get(body.placeId) ?? '',
    parent: body.parentId ? (codeOf.get(body.parentId) ?? '') : '',
    alive_from: body.aliveFrom ?? '',
    alive_to: body.aliveTo ?? '',
    successors: heirs
      .filter((heir) => heir.fromCode === body.code)
      .map((heir) => (heir.duty ? `${heir.toCode}=${heir.duty}` : heir.toCode))
      .sort()
      .join(';'),
    note: body.note ?? '',
  }))
}

/** Parents before their children, so that each row finds the one it points to. */
function parentsFirst(rows: readonly OrganisationRow[]): OrganisationRow[] {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const sorted = new Map<string, OrganisationRow>()
  function place(row: OrganisationRow, depth: number): void {
    if (sorted.has(row.code) || depth > 20) return
    const parent = byCode.get(row.parent)
    if (parent) place(parent, depth + 1)
    sorted.set(row.code, row)
  }
  for (const row of rows) place(row, 0)
  return [...sorted.values()]
}

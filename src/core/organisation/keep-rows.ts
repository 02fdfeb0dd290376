import { addDays, newId, refuseIf, type Ctx } from '../kernel/index.ts'
import { placeCodes } from '../place/index.ts'
import { whyNotTouch } from './keep-register.ts'
import { listOf, organisationOf, type OrganisationPreview, type OrganisationRow } from './organisation-table.ts'
import { insertOrganisations, organisationsAsOf, replaceSuccessions, updateOrganisation } from './organisation.store.ts'
import type { Organisation } from './organisation.ts'

/**
 * Writes rows that a preview found good: new ones, changed ones, and who carries their duties on from the day after
 * their last.
 *
 * @throws Refusal when the actor administers neither them nor what stands above them.
 */
export async function keepRows(ctx: Ctx, { added, changed }: OrganisationPreview): Promise<void> {
  const places = await placeCodes(ctx.db)
  const ids = new Map((await organisationsAsOf(ctx.db, null)).map((body) => [body.code, body.id]))
  const touched = [...added, ...changed]
  const standing = [...changed.map((row) => row.code), ...touched.map((row) => row.parent)].flatMap(
    (code) => ids.get(code) ?? [],
  )
  refuseIf(
    await whyNotTouch(
      ctx,
      standing,
      touched.some((row) => row.parent === ''),
    ),
  )
  for (const row of added) ids.set(row.code, newId<'organisation'>())
  const bodyOf = (row: OrganisationRow): Organisation => {
    const [id, placeId] = [ids.get(row.code), places.get(row.place)]
    if (!id || !placeId) throw new Error(`row ${row.code} was found good without its place`)
    return organisationOf(row, { id, placeId, parentId: ids.get(row.parent) ?? null })
  }
  await insertOrganisations(ctx.db, parentsFirst(added).map(bodyOf))
  for (const row of changed) await updateOrganisation(ctx.db, bodyOf(row))
  await replaceSuccessions(
    ctx.db,
    touched.map((row) => row.code),
    touched.flatMap((row) =>
      listOf(row.successors).map(({ code, duty }) => ({
        fromCode: row.code,
        toCode: code,
        onDay: addDays(row.alive_to, 1),
        duty,
      })),
    ),
  )
}

/** Parents before their children, so that each row finds the one it points to. */
function parentsFirst(rows: readonly OrganisationRow[]): OrganisationRow[] {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const sorted = new Map<string, OrganisationRow>()
  function place(row: OrganisationRow): void {
    if (sorted.has(row.code)) return
    const parent = byCode.get(row.parent)
    if (parent) place(parent)
    sorted.set(row.code, row)
  }
  for (const row of rows) place(row)
  return [...sorted.values()]
}

import type { Db } from '../kernel/index.ts'
import { placeCodes } from '../place/index.ts'
import { previewRows, successorText, type OrganisationPreview, type OrganisationRow } from './organisation-table.ts'
import { organisationsAsOf, successions } from './organisation.store.ts'

/** Every organisation as a row of the table: what export writes and import reads back. */
export async function organisationRows(db: Db): Promise<OrganisationRow[]> {
  const bodies = await organisationsAsOf(db, null)
  const codeOf = new Map(bodies.map((body) => [body.id, body.code]))
  const placeOf = new Map([...(await placeCodes(db))].map(([code, id]) => [id, code]))
  const heirs = Map.groupBy(await successions(db), (heir) => heir.fromCode)
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
    successors: (heirs.get(body.code) ?? [])
      .map(({ toCode, duty }) => successorText({ code: toCode, duty }))
      .sort()
      .join(';'),
    note: body.note ?? '',
  }))
}

/** One organisation as a row of the table. */
export async function organisationRow(db: Db, code: string): Promise<OrganisationRow | null> {
  return (await organisationRows(db)).find((row) => row.code === code) ?? null
}

/** What an import of these rows would do; nothing is changed. */
export async function previewOrganisations(db: Db, rows: readonly OrganisationRow[]): Promise<OrganisationPreview> {
  const standing = await organisationRows(db)
  const places = await placeCodes(db)
  return previewRows(rows, {
    organisations: new Map(standing.map((row) => [row.code, row])),
    places: new Set(places.keys()),
  })
}

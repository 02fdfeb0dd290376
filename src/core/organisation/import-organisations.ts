import * as v from 'valibot'
import { action, Refusal } from '../kernel/index.ts'
import { keepRows } from './keep-rows.ts'
import { previewOrganisations } from './organisation-rows.ts'
import type { OrganisationColumn } from './organisation-table.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(10_000))
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

/** Adds and amends organisations from a table, all or none: a single bad cell refuses it. The same table again changes nothing. */
export const importOrganisations = action('organisation.import', {
  input: v.object({ rows: v.pipe(v.array(Row), v.maxLength(20_000)) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'organisation', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows }) {
    const preview = await previewOrganisations(ctx.db, rows)
    if (preview.bad.length > 0) throw new Refusal('organisation.bad_cells', { count: preview.bad.length })
    await keepRows(ctx, preview)
    return { added: preview.added.length, changed: preview.changed.length }
  },
})

import * as v from 'valibot'
import { action, addDays, dayAt, DaySchema, InputRefusal, Refusal, type Ctx } from '../kernel/index.ts'
import { keepRows } from './keep-rows.ts'
import { organisationRow, previewOrganisations } from './organisation-rows.ts'
import type { OrganisationRow } from './organisation-table.ts'

const text = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2_000)), '')
const code = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))

/** Adds one organisation, under the same rules as a row of the table. */
export const addOrganisation = action('organisation.add', {
  input: v.object({
    code,
    name: text,
    aliases: text,
    kind: text,
    level: text,
    place: text,
    parent: text,
    alive_from: text,
    note: text,
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ code, name }) => ({ subject: 'organisation', subjectId: code, facts: { name } }),
  async run(ctx, input) {
    if (await organisationRow(ctx.db, input.code)) {
      throw new Refusal('organisation.cell_twice', {}, 'code')
    }
    await keepOne(ctx, { ...input, alive_to: '', successors: '' })
    return input.code
  },
})

/**
 * Mends what is written of an organisation: its name, other names, superior or note. A body that gets a new name by a
 * decision ends instead and the new one carries its duties on, so that old documents keep the old name.
 */
export const amendOrganisation = action('organisation.amend', {
  input: v.object({ code, name: text, aliases: text, parent: text, note: text }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ code, name }) => ({ subject: 'organisation', subjectId: code, facts: { name } }),
  async run(ctx, input) {
    await keepOne(ctx, { ...(await rowOf(ctx, input.code)), ...input })
  },
})

/** Ends an organisation: its last day, and who carries which of its duties on from the next. */
export const endOrganisation = action('organisation.end', {
  input: v.object({
    code,
    lastDay: DaySchema,
    /** `A;B=duty`: an empty duty means all of them; nobody where it is not known. */
    successors: text,
    note: text,
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ code, lastDay, successors }) => ({
    subject: 'organisation',
    subjectId: code,
    facts: { lastDay, successors },
  }),
  async run(ctx, { code, lastDay, successors, note }) {
    const row = await rowOf(ctx, code)
    if (row.alive_to !== '' && row.alive_to < dayAt(ctx.clock.now())) throw new Refusal('organisation.ended', { code })
    await keepOne(ctx, { ...row, alive_to: lastDay, successors, note: note || row.note })
    return addDays(lastDay, 1)
  },
})

async function rowOf(ctx: Ctx, code: string): Promise<OrganisationRow> {
  const row = await organisationRow(ctx.db, code)
  if (!row) throw new Refusal('organisation.not_found', { code })
  return row
}

async function keepOne(ctx: Ctx, row: OrganisationRow): Promise<void> {
  const preview = await previewOrganisations(ctx.db, [row])
  if (preview.bad.length > 0) {
    throw new InputRefusal(preview.bad.map((bad) => new Refusal(`organisation.cell_${bad.reason}`, {}, bad.column)))
  }
  await keepRows(ctx, preview)
}

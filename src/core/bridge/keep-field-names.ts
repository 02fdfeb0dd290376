import * as v from 'valibot'
import { actingPerson, action, Refusal, tidy } from '../kernel/index.ts'
import { fieldNamesOf, lockFieldNames, replaceFieldNames } from './field-name.store.ts'
import { FIELD_SECTIONS, FIELDS } from './field-name.ts'
import { BRIDGE_ROLES } from './keep-codes.ts'

const MOST_NAME = 100
const may = { who: 'roles' as const, roles: BRIDGE_ROLES }
const section = v.picklist(FIELD_SECTIONS)

/**
 * Says what the fields of a part are called in the other system; from then on they are written and read by these names.
 * None may be empty, and no two in one object may be the same: nobody could tell which is meant.
 */
export const keepFieldNames = action('bridge.keep_field_names', {
  input: v.object({ section, names: v.record(v.string(), v.string()) }),
  may,
  records: ({ section: of }, changed: readonly string[]) => ({
    subject: 'bridge_field',
    subjectId: null,
    facts: { section: of, fields: changed.join(', ') },
  }),
  async run(ctx, { section: of, names }) {
    const fields: readonly string[] = FIELDS[of]
    const wanted = Object.fromEntries(fields.map((field) => [field, tidy(names[field] ?? field)]))
    for (const [field, name] of Object.entries(wanted)) {
      if (name === '') throw new Refusal('bridge.name_empty', { field }, inputOf(of, field))
      if (name.length > MOST_NAME) throw new Refusal('bridge.name_too_long', { most: MOST_NAME }, inputOf(of, field))
    }
    await lockFieldNames(ctx.db)
    const double = (await fieldNamesOf(ctx.db)).doubleIn(of, wanted)
    if (double !== null)
      throw new Refusal('bridge.name_double', { name: wanted[double] ?? double }, inputOf(of, double))
    const changed = Object.entries(wanted).flatMap(([field, name]) => (name === field ? [] : [{ field, name }]))
    await replaceFieldNames(ctx.db, of, changed, { keptAt: ctx.clock.now(), keptBy: actingPerson(ctx) })
    return changed.map(({ field }) => field)
  },
})

/** What the input of a field is called in a form: several parts have fields of one name. */
export function inputOf(of: string, field: string): string {
  return `${of}.${field}`
}

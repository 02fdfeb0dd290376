import * as v from 'valibot'
import { readCatalogue } from '../evidence/index.ts'
import { action, DaySchema, Refusal, tidy } from '../kernel/index.ts'
import { upsertTemplate } from './report.store.ts'
import { indicatorsIn, REPORT_KINDS, TemplateContent } from './template.ts'

/**
 * Adds a template, or amends the one of its code. Reports that were written by it stay as they are.
 *
 * @throws Refusal `report.unknown_indicator` where it names what the catalogue does not have.
 */
export const keepReportTemplate = action('report.keep_template', {
  input: v.object({
    code: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,39}$/)),
    name: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(200)),
    kind: v.picklist(REPORT_KINDS),
    content: TemplateContent,
    ordinal: v.optional(v.pipe(v.number(), v.integer()), 100),
    endedOn: v.optional(v.nullable(DaySchema), null),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ code }) => ({ subject: 'report_template', subjectId: null, facts: { code } }),
  async run(ctx, template) {
    const { indicators } = await readCatalogue(ctx.db)
    const unknown = indicatorsIn(template.content).find((code) => !indicators.some((one) => one.code === code))
    if (unknown !== undefined) throw new Refusal('report.unknown_indicator', { code: unknown }, 'text')
    await upsertTemplate(ctx.db, template)
  },
})

import { Refusal } from '#core/kernel/index.ts'
import { keepReportTemplate, templateByCode } from '#core/report/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { templateChoices, templateOfForm } from '../template-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => templateChoices(ctx, w)

export const actions: Actions = {
  default: act(keepReportTemplate, {
    input: async (data, { locals: { ctx } }) => {
      const code = fieldOf(data, 'code').trim()
      // Adding is no way to write over one that stands.
      if (await templateByCode(ctx.db, code)) throw new Refusal('report.template_stands', { code }, 'code')
      return templateOfForm(data, code)
    },
    then: () => `${paths.reportTemplates}?done=report_template`,
  }),
}

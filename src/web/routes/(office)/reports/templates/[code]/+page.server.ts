import { error } from '@sveltejs/kit'
import { keepReportTemplate, templateByCode, writeTemplate } from '#core/report/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { templateChoices, templateOfForm, writeChannels } from '../template-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const template = await templateByCode(ctx.db, params.code)
  if (!template) error(404)
  const { name, kind, content } = template
  const given = {
    name,
    kind,
    subject: content.subject,
    text: writeTemplate(content),
    channels: writeChannels(content.channels),
    photos: content.photos,
  }
  return { ...(await templateChoices(ctx, w)), given }
}

export const actions: Actions = {
  default: act(keepReportTemplate, {
    input: (data, { params }) => templateOfForm(data, params['code'] ?? ''),
    then: () => `${paths.reportTemplates}?done=report_template`,
  }),
}

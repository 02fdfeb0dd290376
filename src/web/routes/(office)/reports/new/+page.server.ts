import { dayAt, whyNotSee } from '#core/kernel/index.ts'
import { beginReport, REPORT_WRITERS, requestById } from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { bodyNamed } from '#web/forms/named.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { reportChoices } from '../choices.ts'
import { periodChoices, periodOfForm } from '../period-choice.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const refusal = whyNotSee(ctx, REPORT_WRITERS)
  const requestId = givenId<'report_request'>(url.searchParams.get('request'))
  return {
    ...(await reportChoices(ctx, w)),
    periods: periodChoices(w, dayAt(ctx.clock.now())),
    request: requestId && (await requestById(ctx.db, requestId)),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(beginReport, {
    input: async (data, { locals: { ctx } }) => {
      const scope = fieldOf(data, 'scope').trim()
      const level = fieldOf(data, 'acceptedFrom')
      return {
        organisationId: fieldOf(data, 'organisationId'),
        template: fieldOf(data, 'template'),
        subject: fieldOf(data, 'subject'),
        scopeId: scope === '' ? null : (await bodyNamed(ctx, scope, 'scope')).id,
        campaignId: givenId<'campaign'>(fieldOf(data, 'campaignId')),
        acceptedFrom: level === '' ? null : Number(level),
        requestId: givenId<'report_request'>(fieldOf(data, 'requestId')),
        ...periodOfForm(data),
      }
    },
    then: (id) => `${paths.report(id)}?done=report_begun`,
  }),
}

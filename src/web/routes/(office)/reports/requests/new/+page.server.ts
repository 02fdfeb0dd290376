import { dayAt, Refusal, whyNotSee, type Ctx, type Id } from '#core/kernel/index.ts'
import { askReport, REPORT_WRITERS } from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { bodyNamed } from '#web/forms/named.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { reportChoices } from '../../choices.ts'
import { periodChoices, periodOfForm } from '../../period-choice.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = whyNotSee(ctx, REPORT_WRITERS)
  return {
    ...(await reportChoices(ctx, w)),
    periods: periodChoices(w, dayAt(ctx.clock.now())),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** Bodies by code or name, one a line. */
async function bodiesNamed(ctx: Ctx, typed: string): Promise<Id<'organisation'>[]> {
  const names = typed.split(/[\n;]/u).filter((name) => name.trim() !== '')
  if (names.length === 0) throw new Refusal('input.required', {}, 'contributors')
  const ids: Id<'organisation'>[] = []
  for (const name of names) ids.push((await bodyNamed(ctx, name, 'contributors')).id)
  return ids
}

export const actions: Actions = {
  default: act(askReport, {
    input: async (data, { locals: { ctx } }) => {
      const { from, to } = periodOfForm(data)
      return {
        from,
        to,
        organisationId: fieldOf(data, 'organisationId'),
        askedBy: fieldOf(data, 'askedBy'),
        subject: fieldOf(data, 'subject'),
        template: fieldOf(data, 'template'),
        campaignId: givenId<'campaign'>(fieldOf(data, 'campaignId')),
        dueOn: fieldOf(data, 'dueOn'),
        contributors: await bodiesNamed(ctx, fieldOf(data, 'contributors')),
      }
    },
    then: (id) => `${paths.reportRequest(id)}?done=report_asked`,
  }),
}

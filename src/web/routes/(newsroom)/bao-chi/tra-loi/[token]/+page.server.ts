import { linesOf, readMarkup } from '#core/channel/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { answerByLink, answersOf, itemOfLink, MEDIUMS, publishingStatusOf } from '#core/press/index.ts'
import { act } from '#web/forms/act.ts'
import { answerOfForm } from '#web/forms/press-answer.ts'
import { paths } from '#web/paths.ts'
import { SECRET_PAGE } from '../../wire-asked.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** How many of the last answers are shown. */
const SHOWN = 5

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, setHeaders }) => {
  setHeaders(SECRET_PAGE)
  const item = await itemOfLink(ctx, params.token)
  if (!item) throw new Refusal('press.no_link')
  const { title, lead, body, author, language, at, editorial, newestSequence } = item
  const status = publishingStatusOf(item)
  return {
    ...{ title, author, language, at, status, newestSequence },
    killed: status === 'canceled',
    editorial,
    lead: status === 'usable' ? lead : '',
    lines: status === 'usable' ? linesOf(readMarkup(body)).filter((line, at) => at > 0 || line !== lead) : [],
    answers: (await answersOf(ctx.db, [item.id])).slice(0, SHOWN),
    mediums: [
      { value: '', name: w('press_medium_none') },
      ...MEDIUMS.map((medium) => ({ value: medium, name: w(`press_medium_${medium}`) })),
    ],
  }
}

const answering = (kind: 'taken' | 'ran' | 'not_running') =>
  act(answerByLink, {
    input: (data, { params }) => ({ ...answerOfForm(data, kind), token: params['token'] ?? '' }),
    then: (_result, { params }) => `${paths.pressAnswer(params['token'] ?? '')}?done=press_answered`,
  })

export const actions: Actions = {
  taken: answering('taken'),
  ran: answering('ran'),
  notRunning: answering('not_running'),
}

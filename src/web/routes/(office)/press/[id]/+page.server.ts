import { Refusal } from '#core/kernel/index.ts'
import { outletById } from '#core/outlet/index.ts'
import {
  answerForNewsroom,
  answersOf,
  ANSWER_KINDS,
  itemsBefore,
  MEDIUMS,
  publishingStatusOf,
  wireOf,
} from '#core/press/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { answerOfForm } from '#web/forms/press-answer.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 20

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'outlet'>(params.id)
  const outlet = id && (await outletById(ctx.db, id))
  if (outlet?.kind !== 'newsroom') throw new Refusal('outlet.not_found')
  const wire = await wireOf(ctx.db, outlet.id)
  const asked = url.searchParams.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const found = await itemsBefore(ctx.db, { outletId: outlet.id, filter: {}, limit: PER_PAGE + 1 }, before)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const answers = Map.groupBy(
    await answersOf(
      ctx.db,
      shown.map((item) => item.id),
    ),
    ({ itemId }) => itemId,
  )
  const [first] = shown
  const refusal = first ? await answerForNewsroom.whyNot(ctx, { itemId: first.id, ...NOTHING }) : null
  return {
    outlet: { id: outlet.id as string, name: outlet.name },
    open: wire?.secretSealed !== null && wire !== null,
    polledAt: wire?.polledAt ?? null,
    sums: { items: wire?.lastSequence ?? 0, fetched: wire?.fetchedTo ?? 0 },
    answered: { ran: wire?.ran ?? 0, taken: wire?.taken ?? 0, notRunning: wire?.notRunning ?? 0 },
    items: shown.map((item) => ({
      id: item.id as string,
      ...{ sequence: item.sequence, version: item.version, editorial: item.editorial, title: item.title, at: item.at },
      status: publishingStatusOf(item),
      fetched: (wire?.fetchedTo ?? 0) >= item.sequence,
      answers: answers.get(item.id) ?? [],
    })),
    mediums: [
      { value: '', name: w('press_medium_none') },
      ...MEDIUMS.map((medium) => ({ value: medium, name: w(`press_medium_${medium}`) })),
    ],
    whyNot: refusal && sentenceOf(w, refusal),
    first: before === null ? null : withQuery(url, { before: null }),
    next: last ? withQuery(url, { before: String(last.sequence) }) : null,
  }
}

const NOTHING = { kind: 'taken' as const, medium: null, link: '', ranAt: null, minutes: null, note: '' }

export const actions: Actions = {
  answer: act(answerForNewsroom, {
    input: (data) => {
      const kind = ANSWER_KINDS.find((one) => one === fieldOf(data, 'kind')) ?? 'taken'
      return { ...answerOfForm(data, kind), note: fieldOf(data, 'note'), itemId: fieldOf(data, 'itemId') }
    },
    then: (_result, { params }) => `${paths.newsroom(params['id'] ?? '')}?done=press_answered`,
  }),
}

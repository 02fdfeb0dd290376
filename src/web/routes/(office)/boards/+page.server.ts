import { BOARD_TAKES, boardsAfter, registerBoard, SILENT_AFTER_MS } from '#core/board/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const after = url.searchParams.get('after')
  const now = ctx.clock.now()
  const found = await boardsAfter(ctx.db, after, PER_PAGE + 1, now)
  const boards = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? boards.at(-1) : undefined
  const none = { code: '-', name: '-', place: '-', organisation: '-', takes: 'all' as const, letters: null }
  const refusal = await registerBoard.whyNot(ctx, none)
  return {
    boards: boards.map((one) => ({
      ...one,
      outletId: one.outletId as string,
      silent: one.heardAt === null || now.getTime() - one.heardAt.getTime() > SILENT_AFTER_MS,
    })),
    takes: BOARD_TAKES.map((value) => ({ value, name: w(`board_takes_${value}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}

export const actions: Actions = {
  register: act(registerBoard, {
    input: (data) => ({
      code: fieldOf(data, 'code'),
      name: fieldOf(data, 'name'),
      place: fieldOf(data, 'place'),
      organisation: fieldOf(data, 'organisation'),
      takes: fieldOf(data, 'takes') === 'line' ? ('line' as const) : ('all' as const),
      letters: fieldOf(data, 'letters') === '' ? null : Number(fieldOf(data, 'letters')),
    }),
    then: (id) => `${paths.board(id)}?done=board_registered`,
  }),
}

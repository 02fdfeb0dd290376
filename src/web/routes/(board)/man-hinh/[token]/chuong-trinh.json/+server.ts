import { json } from '@sveltejs/kit'
import { noteBoardHeard } from '#core/board/index.ts'
import { boardAsked, isNight, SECRET_BOARD, shownProgramme } from '../../board-asked.ts'
import type { RequestHandler } from './$types.ts'

/** What the board is to show. `held` is the version that the screen shows already, by which recalls are known to be done. */
export const GET: RequestHandler = async ({ locals: { ctx }, params, url }) => {
  const board = await boardAsked(ctx, params.token)
  const held = /^\d{1,15}$/.test(url.searchParams.get('held') ?? '') ? Number(url.searchParams.get('held')) : 0
  await noteBoardHeard(ctx, { outletId: board.outletId, held })
  const programme = await shownProgramme(ctx, board, params.token)
  return json({ ...programme, night: isNight(programme.now) }, { headers: SECRET_BOARD })
}

import { noteBoardHeard } from '#core/board/index.ts'
import {
  boardAsked,
  isNight,
  SECRET_BOARD,
  shownProgramme,
  showingNow,
  sizeOfWords,
  TURN_MS,
} from '../../board-asked.ts'
import type { PageServerLoad } from './$types.ts'

/** For screens without scripts: the page refreshes itself. It proves nothing: nobody knows whether it was seen. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders }) => {
  setHeaders(SECRET_BOARD)
  const board = await boardAsked(ctx, params.token)
  const programme = await shownProgramme(ctx, board, params.token)
  await noteBoardHeard(ctx, { outletId: board.outletId, held: programme.version })
  const showing = showingNow(programme)
  const { name, hotlines, now } = programme
  return {
    ...{ token: params.token, name, hotlines, showing, night: isNight(now), refresh: TURN_MS / 1_000 },
    size: sizeOfWords(showing?.words ?? name),
  }
}

import { paths } from '#web/paths.ts'
import { boardAsked, isNight, SECRET_BOARD, shownProgramme, showingNow, sizeOfWords } from '../board-asked.ts'
import type { PageServerLoad } from './$types.ts'

/** What a screen opens once; from then on its script asks for the programme and goes on without a network. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, setHeaders }) => {
  setHeaders(SECRET_BOARD)
  const programme = await shownProgramme(ctx, await boardAsked(ctx, params.token), params.token)
  const showing = showingNow(programme)
  const { name, hotlines, now } = programme
  return {
    ...{ token: params.token, name, hotlines, showing, night: isNight(now) },
    size: sizeOfWords(showing?.words ?? name),
    plain: paths.screenPlain(params.token),
  }
}

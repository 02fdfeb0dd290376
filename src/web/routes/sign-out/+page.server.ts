import { redirect } from '@sveltejs/kit'
import { endSession } from '#core/identity/index.ts'
import { paths } from '#web/paths.ts'
import { forgetToken } from '#web/session/session-cookie.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = () => redirect(303, paths.today)

export const actions: Actions = {
  async default({ locals, cookies }) {
    if (locals.person) await endSession(locals.ctx, { sessionId: locals.person.sessionId })
    forgetToken(cookies)
    redirect(303, paths.signIn)
  },
}

import { redirect } from '@sveltejs/kit'
import { signOut } from '#core/identity/index.ts'
import { paths } from '#web/paths.ts'
import { forgetToken, sessionToken } from '#web/session/session-cookie.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = () => redirect(303, paths.today)

export const actions: Actions = {
  async default({ locals, cookies }) {
    const token = sessionToken(cookies)
    if (token !== null) await signOut(locals.ctx, { token })
    forgetToken(cookies)
    redirect(303, paths.signIn)
  },
}

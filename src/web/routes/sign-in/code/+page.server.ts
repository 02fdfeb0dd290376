import { redirect } from '@sveltejs/kit'
import { confirmSecondFactor, personOfToken } from '#core/identity/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { keepToken, sessionToken } from '#web/session/session-cookie.ts'
import { wayOn } from '#web/session/way-on.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, person }, cookies, url }) => {
  if (person) redirect(303, wayOn(url.searchParams.get('to')))
  const token = sessionToken(cookies)
  const opened = token && (await personOfToken(ctx.db, token, ctx.clock.now(), { halfOpen: true }))
  if (!opened) redirect(303, paths.signIn)
}

export const actions: Actions = {
  async default(event) {
    const { locals, cookies, url } = event
    const data = await event.request.formData()
    const token = sessionToken(cookies)
    try {
      if (token === null) throw new Refusal('access.sign_in')
      const address = event.getClientAddress()
      const code = fieldOf(data, 'code')
      const { expiresAt } = await confirmSecondFactor(locals.ctx, { token, code, address })
      // The cookie of a half-open session lasts minutes; from now on as long as the session.
      keepToken(cookies, url, token, expiresAt)
    } catch (thrown) {
      return refuseForm(event, thrown, data, ['code'])
    }
    redirect(303, wayOn(url.searchParams.get('to')))
  },
}

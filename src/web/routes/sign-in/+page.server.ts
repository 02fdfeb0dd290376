import { redirect } from '@sveltejs/kit'
import { signIn, type SignedIn } from '#core/identity/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { keepToken } from '#web/session/session-cookie.ts'
import { wayOn } from '#web/session/way-on.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.person) redirect(303, wayOn(url.searchParams.get('to')))
}

export const actions: Actions = {
  async default(event) {
    const { locals, cookies, url, request } = event
    const data = await request.formData()
    let signedIn: SignedIn
    try {
      signedIn = await signIn(locals.ctx, {
        username: fieldOf(data, 'username'),
        password: fieldOf(data, 'password'),
        device: request.headers.get('user-agent') ?? '',
        address: event.getClientAddress(),
      })
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    keepToken(cookies, url, signedIn.token, signedIn.expiresAt)
    const to = wayOn(url.searchParams.get('to'))
    if (signedIn.wantsSecondFactor) redirect(303, `${paths.signIn}/code?to=${encodeURIComponent(to)}`)
    redirect(303, to)
  },
}

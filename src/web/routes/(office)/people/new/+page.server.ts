import { addPerson } from '#core/identity/index.ts'
import { refuseIf, whyNotSee } from '#core/kernel/index.ts'
import { actAndShow, fieldOf } from '#web/forms/act.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals: { ctx } }) => {
  refuseIf(whyNotSee(ctx, ['administrator']))
}

export const actions: Actions = {
  default: actAndShow(addPerson, (data) => ({
    username: fieldOf(data, 'username'),
    name: fieldOf(data, 'name'),
    language: fieldOf(data, 'language') === 'en' ? ('en' as const) : ('vi' as const),
    email: fieldOf(data, 'email').trim() || null,
    phone: fieldOf(data, 'phone').trim() || null,
  })),
}

import { sentenceOf } from '#app/wording/words.ts'
import {
  credentialOf,
  endSession,
  personById,
  resetPassword,
  sessionsOf,
  suspendPerson,
  whyNotManage,
} from '#core/identity/index.ts'
import { dayAt, Refusal, refuseIf, ROLES, whyNotSee, type Ctx, type Role } from '#core/kernel/index.ts'
import {
  endRole,
  giveRole,
  membershipsOfPeople,
  organisationByCode,
  organisationsAsOf,
} from '#core/organisation/index.ts'
import { act, actAndShow, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  refuseIf(whyNotSee(ctx, ['administrator']))
  const person = await personOf(ctx, params.id)
  const today = dayAt(ctx.clock.now())
  const refusal = await whyNotManage(ctx, person.id)
  const credential = await credentialOf(ctx.db, person.id)
  const sessions = refusal ? [] : await sessionsOf(ctx.db, person.id, ctx.clock.now())
  return {
    person,
    today,
    twoFactor: credential?.totpConfirmedAt ?? null,
    mustChange: credential?.mustChange ?? false,
    memberships: await membershipsOfPeople(ctx.db, [person.id], today),
    sessions: sessions.map(({ id, madeAt, seenAt, device, address }) => ({
      id,
      madeAt,
      seenAt,
      device,
      address,
      here: false,
    })),
    roles: ROLES.map((role) => ({ value: role, name: w(`role_${role}`) })),
    bodies: (await organisationsAsOf(ctx.db, today)).map(({ code, name }) => ({ code, name })),
    whyNotManage: refusal && sentenceOf(w, refusal),
  }
}

async function personOf(ctx: Ctx, given: string) {
  const id = givenId<'person'>(given)
  const person = id && (await personById(ctx.db, id))
  if (!person) throw new Refusal('identity.not_found')
  return person
}

type Here = { readonly params: Partial<Record<string, string>> }
const here = (done: string) => (_result: unknown, event: Here) => `${paths.person(event.params.id ?? '')}?done=${done}`

export const actions: Actions = {
  reset: actAndShow(resetPassword, (data, { params }) => ({
    personId: params.id ?? '',
    secondFactor: fieldOf(data, 'secondFactor') === 'on',
  })),
  suspend: act(suspendPerson, {
    input: (_data, { params }) => ({ personId: params.id ?? '', suspended: true }),
    then: here('person_suspended'),
  }),
  admit: act(suspendPerson, {
    input: (_data, { params }) => ({ personId: params.id ?? '', suspended: false }),
    then: here('person_admitted'),
  }),
  end: act(endSession, {
    input: (data) => ({ sessionId: fieldOf(data, 'sessionId') }),
    then: here('session_ended'),
  }),
  give: act(giveRole, {
    input: async (data, { locals: { ctx }, params }) => {
      const code = fieldOf(data, 'organisation').trim()
      if (code === '') throw new Refusal('input.required', {}, 'organisation')
      const body = await organisationByCode(ctx.db, code)
      if (!body) throw new Refusal('organisation.not_found', { code }, 'organisation')
      // The action's own schema refuses a role that is none.
      return { personId: params.id ?? '', organisationId: body.id, role: fieldOf(data, 'role') as Role }
    },
    then: here('role_given'),
  }),
  endRole: act(endRole, {
    input: (data) => ({ membershipId: fieldOf(data, 'membershipId') }),
    then: here('role_ended'),
  }),
}

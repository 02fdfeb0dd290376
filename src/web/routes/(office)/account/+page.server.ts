import { redirect } from '@sveltejs/kit'
import {
  changePassword,
  credentialOf,
  endOtherSessions,
  endSession,
  personById,
  sessionsOf,
  SHORTEST_PASSWORD,
  stopTwoFactor,
} from '#core/identity/index.ts'
import { dayAt, Refusal, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, person }, url }) => {
  if (!person || ctx.actor.kind !== 'person') redirect(303, paths.signIn)
  const { personId, grants } = ctx.actor
  const bodies = await organisationsWhere(
    ctx.db,
    grants.map((grant) => grant.organisationId),
  )
  const names = new Map(bodies.map((body) => [body.id, body.name]))
  const credential = await credentialOf(ctx.db, personId)
  const sessions = await sessionsOf(ctx.db, personId, ctx.clock.now())
  return {
    username: (await personById(ctx.db, personId))?.username ?? '',
    first: url.searchParams.has('first') || credential?.mustChange === true,
    shortest: SHORTEST_PASSWORD,
    today: dayAt(ctx.clock.now()),
    twoFactor: credential?.totpConfirmedAt ?? null,
    recoveryLeft: credential?.recoveryHashes.length ?? 0,
    grants: grants.map(({ role, organisationId, delegationId }) => ({
      role,
      organisation: names.get(organisationId) ?? '',
      lent: delegationId !== null,
    })),
    sessions: sessions.map(({ id, madeAt, seenAt, device, address }) => ({
      id,
      madeAt,
      seenAt,
      device,
      address,
      here: id === person.sessionId,
    })),
  }
}

const ownSession = (locals: App.Locals): Id<'session'> => {
  if (!locals.person) throw new Refusal('access.sign_in')
  return locals.person.sessionId as Id<'session'> // enter() took it from the session itself
}

export const actions: Actions = {
  password: act(changePassword, {
    input(data, { locals }) {
      const password = fieldOf(data, 'password')
      if (password !== fieldOf(data, 'again')) throw new Refusal('identity.passwords_differ', {}, 'again')
      return { old: fieldOf(data, 'old'), password, sessionId: ownSession(locals) }
    },
    then: () => `${paths.account}?done=password_changed`,
  }),
  end: act(endSession, {
    input: (data) => ({ sessionId: fieldOf(data, 'sessionId') }),
    then: () => `${paths.account}?done=session_ended`,
  }),
  endOthers: act(endOtherSessions, {
    input: (_data, { locals }) => ({ sessionId: ownSession(locals) }),
    then: () => `${paths.account}?done=session_ended`,
  }),
  stopTwoFactor: act(stopTwoFactor, { then: () => `${paths.account}?done=two_factor_stopped` }),
}

import { sentenceOf } from '#app/wording/words.ts'
import { searchPeople } from '#core/identity/index.ts'
import {
  actingPerson,
  aliveOn,
  dayAt,
  isDay,
  Refusal,
  ROLES,
  type Ctx,
  type Id,
  type Role,
} from '#core/kernel/index.ts'
import {
  carriesDuty,
  childrenOf,
  delegate,
  delegationsOf,
  endDelegation,
  endRole,
  giveRole,
  isDuty,
  membershipsOn,
  organisationByCode,
  organisationsWhere,
  successions,
  organisationNames,
  type Organisation,
} from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { personNamed } from './person-named.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const body = await bodyOf(ctx, params.code)
  const today = dayAt(ctx.clock.now())
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : today
  const [parent] = body.parentId ? await organisationsWhere(ctx.db, [body.parentId]) : []
  const place = await placeById(ctx.db, body.placeId)
  const refusal = await giveRole.whyNot(ctx, { personId: NOBODY, organisationId: body.id, role: 'observer' })
  const children = await childrenOf(ctx.db, body.id)
  return {
    body,
    day,
    today,
    parent: parent ?? null,
    place: place && { code: place.code, name: place.name },
    carriers: await carriesDuty(ctx.db, body.code, day),
    ...(await kin(ctx, body.code, (duty) => (isDuty(duty) ? w(`duty_${duty}`) : duty))),
    children: children.filter((child) => aliveOn({ from: child.aliveFrom, to: child.aliveTo }, day)),
    members: await membershipsOn(ctx.db, day, body.id),
    delegations: await delegationsOf(ctx.db, body.id),
    myId: actingPerson(ctx),
    roles: ROLES.map((role) => ({ value: role, name: w(`role_${role}`) })),
    people: (await searchPeople(ctx.db, '', 500)).map(({ name, username }) => ({ name, username })),
    whyNotGive: refusal && sentenceOf(w, refusal),
  }
}

// Only roles and organisation decide who may give a role; whom it is given to does not.
const NOBODY = '00000000-0000-7000-8000-000000000000' as Id<'person'>

async function bodyOf(ctx: Ctx, code: string): Promise<Organisation> {
  const body = await organisationByCode(ctx.db, code)
  if (!body) throw new Refusal('organisation.not_found', { code })
  return body
}

/** Whom it came from and what it became, by code and name. */
async function kin(ctx: Ctx, code: string, dutyWords: (duty: string) => string) {
  const all = await successions(ctx.db)
  const names = await organisationNames(
    ctx.db,
    all.filter((one) => one.fromCode === code || one.toCode === code).flatMap((one) => [one.fromCode, one.toCode]),
  )
  const named = (other: string, onDay: string, duty: string) => ({
    code: other,
    name: names.get(other) ?? other,
    onDay,
    duty: dutyWords(duty),
  })
  return {
    successors: all.filter((one) => one.fromCode === code).map((one) => named(one.toCode, one.onDay, one.duty)),
    predecessors: all.filter((one) => one.toCode === code).map((one) => named(one.fromCode, one.onDay, one.duty)),
  }
}

type Here = { readonly params: Partial<Record<string, string>> }
const here = (done: string) => (_result: unknown, event: Here) =>
  `${paths.organisation(event.params.code ?? '')}?done=${done}`

export const actions: Actions = {
  give: act(giveRole, {
    input: async (data, { locals: { ctx }, params }) => ({
      personId: await personNamed(ctx, fieldOf(data, 'username'), 'username'),
      organisationId: (await bodyOf(ctx, params.code ?? '')).id,
      // The action's own schema refuses a role that is none.
      role: fieldOf(data, 'role') as Role,
    }),
    then: here('role_given'),
  }),
  end: act(endRole, {
    input: (data) => ({ membershipId: fieldOf(data, 'membershipId') }),
    then: here('role_ended'),
  }),
  delegate: act(delegate, {
    input: async (data, { locals: { ctx } }) => ({
      membershipId: fieldOf(data, 'membershipId'),
      toPersonId: await personNamed(ctx, fieldOf(data, 'toPersonId'), 'toPersonId'),
      fromDay: fieldOf(data, 'fromDay'),
      toDay: fieldOf(data, 'toDay'),
      legalReference: fieldOf(data, 'legalReference'),
      reason: fieldOf(data, 'reason'),
    }),
    then: here('delegated'),
  }),
  endDelegation: act(endDelegation, {
    input: (data) => ({ delegationId: fieldOf(data, 'delegationId') }),
    then: here('delegation_ended'),
  }),
}

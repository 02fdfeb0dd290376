import { peopleAfter } from '#core/identity/index.ts'
import { dayAt, refuseIf, whyNotSee } from '#core/kernel/index.ts'
import { membershipsOfPeople } from '#core/organisation/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  refuseIf(whyNotSee(ctx, ['administrator']))
  const query = url.searchParams.get('q') ?? ''
  const id = givenId<'person'>(url.searchParams.get('id'))
  const after = id ? { id, name: url.searchParams.get('name') ?? '' } : null
  const found = await peopleAfter(ctx.db, query, after, PER_PAGE + 1)
  const people = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? people.at(-1) : undefined
  const roles = await membershipsOfPeople(
    ctx.db,
    people.map((person) => person.id),
    dayAt(ctx.clock.now()),
  )
  return {
    query,
    people: people.map((person) => ({
      ...person,
      roles: roles
        .filter((role) => role.personId === person.id)
        .map(({ role, organisationName }) => ({ role, organisation: organisationName })),
    })),
    first: after ? withQuery(url, { id: null, name: null }) : null,
    next: last ? withQuery(url, { id: last.id, name: last.name }) : null,
  }
}

import { dayAt, type Ctx, type Waiting } from '../kernel/index.ts'
import { factsOf } from './fact.store.ts'
import { FACT_KINDS, stateOn, verificationDue, type Fact } from './fact.ts'
import { KEEPERS } from './keep-fact.ts'

/** Facts that nobody vouched for within their period, and whose owner this person answers for. */
export async function factsToVerify(ctx: Ctx): Promise<Fact[]> {
  if (ctx.actor.kind !== 'person') return []
  const held = ctx.actor.grants.filter(({ role }) => KEEPERS.includes(role)).map(({ organisationId }) => organisationId)
  if (held.length === 0) return []
  const today = dayAt(ctx.clock.now())
  const stale = (await factsOf(ctx.db, FACT_KINDS)).filter((fact) => stateOn(fact, today) === 'unverified')
  // The owner itself is asked: a body above it is not bothered with each of its facts.
  return stale.filter(({ ownerId }) => ownerId === null || held.includes(ownerId))
}

/** One line for all of them: a person verifies facts in one go. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const asked = await factsToVerify(ctx)
  if (asked.length === 0) return []
  const due = asked.map(verificationDue).filter((day) => day !== null)
  const facts = { count: asked.length, name: asked[0]?.name ?? '' }
  return [{ wording: 'fact_waiting_verify', facts, path: '/facts?state=unverified', due: due.sort()[0] ?? null }]
}

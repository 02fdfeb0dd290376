import { factsOf, stateOn } from '#core/fact/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'

/** The national number that always stands on a public page, verified lately or not. */
const ALWAYS = '111'

/** Numbers that the public is given: 111, and those somebody vouches for today. */
export async function hotlinesShown(ctx: Ctx) {
  const today = dayAt(ctx.clock.now())
  const facts = await factsOf(ctx.db, ['hotline'])
  return facts
    .filter(
      (fact) => stateOn(fact, today) === 'valid' || (fact.code === ALWAYS && stateOn(fact, today) === 'unverified'),
    )
    .sort((one, other) => Number(other.code === ALWAYS) - Number(one.code === ALWAYS))
    .map(({ name, value }) => ({ name, number: value }))
}

import { factsOf, stateOn } from '../fact/index.ts'
import { dayAt, type Ctx } from '../kernel/index.ts'
import type { ShownHotline } from './article.ts'

/** The national number that always stands on a public page, verified lately or not. */
const ALWAYS = '111'

/** Numbers that the public is given today: 111 first, then those somebody vouches for. */
export async function hotlinesToday(ctx: Ctx): Promise<ShownHotline[]> {
  const today = dayAt(ctx.clock.now())
  const facts = await factsOf(ctx.db, ['hotline'])
  return facts
    .filter(
      (fact) => stateOn(fact, today) === 'valid' || (fact.code === ALWAYS && stateOn(fact, today) === 'unverified'),
    )
    .sort((one, other) => Number(other.code === ALWAYS) - Number(one.code === ALWAYS))
    .map(({ name, value }) => ({ name, number: value }))
}

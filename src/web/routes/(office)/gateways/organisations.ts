import type { Ctx } from '#core/kernel/index.ts'
import { organisationRows } from '#core/organisation/index.ts'
import type { Words } from '#app/wording/words.ts'

/** The bodies that may have a gateway of their own: those that live; or all that have none. */
export async function organisationChoices({ db }: Ctx, w: Words) {
  const bodies = (await organisationRows(db)).filter(({ alive_to }) => alive_to === '')
  return [{ value: '', name: w('gateway_for_all') }, ...bodies.map(({ code, name }) => ({ value: code, name }))]
}

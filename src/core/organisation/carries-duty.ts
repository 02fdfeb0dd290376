import { aliveOn, Refusal, type Day, type Db } from '../kernel/index.ts'
import { organisationByCode, organisationsAsOf, successions } from './organisation.store.ts'
import type { Organisation } from './organisation.ts'

/**
 * Who carries the duty of a body on `day`: the body itself while it lives, then its successors, theirs, and so on.
 * With `duty`, only where that duty went; successors named for all duties always count. Empty where nobody is known.
 *
 * @throws Refusal `organisation.not_found`.
 */
export async function carriesDuty(db: Db, code: string, day: Day, duty = ''): Promise<Organisation[]> {
  const start = await organisationByCode(db, code)
  if (!start) throw new Refusal('organisation.not_found', { code })
  const byCode = new Map((await organisationsAsOf(db, null)).map((body) => [body.code, body]))
  const all = await successions(db)
  const found = new Map<string, Organisation>()
  const seen = new Set<string>()
  const open = [start.code]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const body = byCode.get(next)
    if (!body) continue
    if (aliveOn({ from: body.aliveFrom, to: body.aliveTo }, day)) found.set(body.code, body)
    else open.push(...all.filter((one) => one.fromCode === next && fits(one.duty, duty)).map((one) => one.toCode))
  }
  return [...found.values()]
}

function fits(succession: string, wanted: string): boolean {
  return succession === '' || wanted === '' || succession === wanted
}

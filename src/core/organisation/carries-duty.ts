import { Refusal, type Day, type Db } from '../kernel/index.ts'
import { carrierIds, organisationByCode, organisationsWhere } from './organisation.store.ts'
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
  return organisationsWhere(db, await carrierIds(db, start.id, day, duty))
}

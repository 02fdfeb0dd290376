import { ACCEPTANCES } from '#core/evidence/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { REPORT_WRITERS, templates } from '#core/report/index.ts'
import type { Words } from '#app/wording/words.ts'

/** What the forms of reports and of requests let one choose. */
export async function reportChoices({ db, actor, clock }: Ctx, w: Words) {
  const today = dayAt(clock.now())
  const grants = actor.kind === 'person' ? actor.grants : []
  const ids = grants.filter(({ role }) => REPORT_WRITERS.includes(role)).map(({ organisationId }) => organisationId)
  const own = (await organisationsWhere(db, [...new Set(ids)])).filter(({ aliveTo }) => aliveTo === null)
  return {
    bodies: own.map(({ id, name }) => ({ value: id as string, name })),
    templates: (await templates(db, today)).map(({ code, name }) => ({ value: code, name })),
    campaigns: [
      { value: '', name: w('report_all_campaigns') },
      ...(await campaigns(db)).map(({ id, name }) => ({ value: id as string, name })),
    ],
    acceptances: [
      { value: '', name: w('report_all_sent') },
      ...ACCEPTANCES.flatMap((level, at) =>
        at === 0 ? [] : [{ value: String(at), name: w(`report_accepted_${level}`) }],
      ),
    ],
  }
}

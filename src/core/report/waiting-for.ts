import { dayAt, type Ctx, type Id, type Role, type Waiting } from '../kernel/index.ts'
import { REPORT_WRITERS } from './begin-report.ts'
import { PART_CONFIRMERS } from './confirm-part.ts'
import { openRequests, partCounts, waitingParts } from './request.store.ts'

/** More than this a page does not show: what is most urgent comes first. */
const MOST = 50

/** Contributions that the person's bodies owe, and reports that were asked of them. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const today = dayAt(ctx.clock.now())
  const parts = await waitingParts(ctx.db, bodiesAs(ctx, PART_CONFIRMERS), MOST)
  const requests = await openRequests(ctx.db, bodiesAs(ctx, REPORT_WRITERS), MOST)
  const counts = await partCounts(
    ctx.db,
    requests.map(({ id }) => id),
  )
  return [
    ...parts.map(({ id, subject, dueOn, remindedOn }): Waiting => ({
      wording:
        dueOn < today
          ? 'report_waiting_part_overdue'
          : remindedOn === today
            ? 'report_waiting_part_due'
            : 'report_waiting_part',
      facts: { subject },
      path: `/reports/parts/${id}`,
      due: dueOn,
    })),
    ...requests.map(({ id, subject, dueOn }): Waiting => {
      const { all, confirmed } = counts.get(id) ?? { all: 0, confirmed: 0 }
      return {
        wording: 'report_waiting_request',
        facts: { subject, all, confirmed },
        path: `/reports/requests/${id}`,
        due: dueOn,
      }
    }),
  ]
}

function bodiesAs({ actor }: Ctx, roles: readonly Role[]): Id<'organisation'>[] {
  const grants = actor.kind === 'person' ? actor.grants : []
  return [...new Set(grants.filter(({ role }) => roles.includes(role)).map(({ organisationId }) => organisationId))]
}

import { addDays, dayAt, type Ctx, type Day, type Id } from '../kernel/index.ts'
import { membershipsOn } from '../organisation/index.ts'
import { PART_CONFIRMERS } from './confirm-part.ts'
import { dropTelling, noteTelling, partsDueBy } from './telling.store.ts'

/** Days before a report is due from which on whoever must contribute is told. */
const DUE_SOON_DAYS = 3

/** A contribution that is awaited, and how urgently. */
export interface PartDue {
  readonly id: Id<'report_part'>
  readonly organisationId: Id<'organisation'>
  /** Whose figures they are, by name. */
  readonly body: string
  readonly subject: string
  readonly askedBy: string
  readonly dueOn: Day
  readonly step: 'due_soon' | 'overdue'
}

/**
 * Tells a person of contributions in one notice, as by mail; the app implements it. False when it has no way to reach
 * this person. @throws when the way is closed now, to be tried again.
 */
export type TellContributor = (ctx: Ctx, personId: Id<'person'>, parts: readonly PartDue[]) => Promise<boolean>

let tell: TellContributor | null = null

/** Says what tells contributors; the app calls it once, where jobs are worked. Without it the page of the day alone does. */
export function tellContributorsWith(given: TellContributor): void {
  tell = given
}

/**
 * Tells each person who may confirm a part that it is due soon, and that it is overdue: of each once, several parts in one
 * notice. It is written down before the notice leaves, so that a death in between tells nobody twice: the page of the day
 * says it in any case. Answers how many notices went out. @throws when some could not leave now: those are tried again.
 */
export async function tellContributors(ctx: Ctx): Promise<number> {
  if (!tell) return 0
  const now = ctx.clock.now()
  const today = dayAt(now)
  const due = await partsDueBy(ctx.db, addDays(today, DUE_SOON_DAYS), today)
  const problems: unknown[] = []
  let notices = 0
  for (const [personId, parts] of await contributors(ctx, due, today)) {
    const news = await noteTelling(ctx.db, personId, parts, now)
    if (news.length === 0) continue
    const reached = await tell(ctx, personId, news).catch((problem: unknown) => {
      problems.push(problem)
      return false
    })
    if (reached) notices += 1
    else await dropTelling(ctx.db, personId, news)
  }
  if (problems.length > 0) throw new AggregateError(problems, `${problems.length} notices could not leave yet`)
  return notices
}

/** Each person with the parts they may confirm. */
async function contributors(ctx: Ctx, due: readonly PartDue[], today: Day): Promise<Map<Id<'person'>, PartDue[]>> {
  const wanted = new Map<Id<'person'>, PartDue[]>()
  const byBody = Map.groupBy(due, ({ organisationId }) => organisationId)
  for (const [organisationId, parts] of byBody) {
    const members = (await membershipsOn(ctx.db, today, organisationId)).filter(({ role }) =>
      PART_CONFIRMERS.includes(role),
    )
    for (const personId of new Set(members.map((member) => member.personId))) {
      wanted.set(personId, [...(wanted.get(personId) ?? []), ...parts])
    }
  }
  return wanted
}

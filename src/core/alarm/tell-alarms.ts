import { dayAt, type Ctx, type Id } from '../kernel/index.ts'
import { membershipsOn } from '../organisation/index.ts'
import { TOLD, type Alarm } from './alarm.ts'
import { noteTelling, setTold, takeUntold, toldOf } from './telling.store.ts'

const AT_ONCE = 500

/**
 * Tells a person of alarms in one notice, as by mail; the app implements it. False when it has no way to reach this
 * person. @throws when the way is closed now, to be tried again.
 */
export interface TellBy {
  tell(ctx: Ctx, personId: Id<'person'>, alarms: readonly Alarm[]): Promise<boolean>
}

/**
 * Tells those who are responsible of each alarm once, several in one notice; who could not be told is told later, again
 * and again, until the alarm is over. An alarm that reached nobody is not told. Nothing outside is awaited in a transaction: a death between the notice and its
 * note tells one person twice, never nobody. Answers how many notices went out.
 */
export async function tellAlarms(ctx: Ctx, by: TellBy): Promise<number> {
  const now = ctx.clock.now()
  const alarms = await takeUntold(ctx.db, now, AT_ONCE)
  if (alarms.length === 0) return 0
  const told = await toldOf(
    ctx.db,
    alarms.map(({ id }) => id),
  )
  const wanted = await responsibleFor(ctx, alarms)
  const failed = new Set<Id<'alarm'>>()
  let notices = 0
  for (const [personId, own] of wanted) {
    const news = own.filter(({ id }) => !told.get(id)?.has(personId))
    if (news.length === 0) continue
    const ids = news.map(({ id }) => id)
    try {
      if (!(await by.tell(ctx, personId, news))) continue
      notices += 1
      await noteTelling(ctx.db, ids, personId, now)
      for (const id of ids) told.get(id)?.add(personId)
    } catch {
      for (const id of ids) failed.add(id)
    }
  }
  await setTold(
    ctx.db,
    alarms.flatMap(({ id }) => (failed.has(id) || !told.get(id)?.size ? [] : [id])),
    now,
  )
  return notices
}

/** Each person with what they are responsible for. */
async function responsibleFor(ctx: Ctx, alarms: readonly Alarm[]): Promise<Map<Id<'person'>, Alarm[]>> {
  const day = dayAt(ctx.clock.now())
  const memberships = await membershipsOn(ctx.db, day)
  const administrators = memberships.filter(({ role }) => role === 'administrator')
  const above = new Map<Id<'organisation'>, ReadonlySet<Id<'organisation'>>>()
  const wanted = new Map<Id<'person'>, Alarm[]>()
  for (const alarm of alarms) {
    const { organisationId } = alarm
    const roles = TOLD[alarm.kind]
    const holders = memberships.filter(({ role }) => roles.includes(role))
    let people = holders.filter((held) => held.organisationId === organisationId)
    if (people.length === 0 && organisationId !== null) {
      if (!above.has(organisationId)) above.set(organisationId, await ctx.hierarchy.above(ctx.db, organisationId))
      people = holders.filter((held) => above.get(organisationId)?.has(held.organisationId))
    }
    // Whom nobody answers for, and what is about the machine itself, is the administrators'.
    if (people.length === 0) people = administrators
    for (const personId of new Set(people.map((held) => held.personId)))
      wanted.set(personId, [...(wanted.get(personId) ?? []), alarm])
  }
  return wanted
}

import { sql } from 'kysely'
import { vietnamese, type Day, type Db, type Grant, type Id, type Role } from '../kernel/index.ts'

/** The roles a person holds on a day, their own and lent ones; a lent role ends with the lender's, at once when taken away. */
export async function grantsOf(db: Db, personId: Id<'person'>, day: Day): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    select role, organisation_id, null::uuid as delegation_id from membership
      where person_id = ${personId} and from_day <= ${day} and (to_day is null or to_day >= ${day})
        and (ended_on is null or ended_on > ${day})
    union all
    select membership.role, membership.organisation_id, delegation.id from delegation
      join membership on membership.id = delegation.membership_id
      where delegation.to_person_id = ${personId} and delegation.from_day <= ${day} and delegation.to_day >= ${day}
        and (delegation.ended_on is null or delegation.ended_on > ${day})
        and membership.from_day <= ${day} and (membership.to_day is null or membership.to_day >= ${day})
        and (membership.ended_on is null or membership.ended_on > ${day})`.execute(db)
  return rows
}

export interface Membership {
  readonly id: Id<'membership'>
  readonly personId: Id<'person'>
  readonly personName: string
  readonly organisationId: Id<'organisation'>
  readonly organisationName: string
  readonly role: Role
  readonly fromDay: Day
  readonly toDay: Day | null
  /** The day it was taken away; it holds no longer from that day. */
  readonly endedOn: Day | null
}

/** Whether the role may still be used on `day`: it has not run out and nobody took it away. */
export function holdsOn(membership: Pick<Membership, 'toDay' | 'endedOn'>, day: Day): boolean {
  return (
    (membership.toDay === null || membership.toDay >= day) && (membership.endedOn === null || membership.endedOn > day)
  )
}

function memberships(db: Db) {
  return db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .innerJoin('organisation', 'organisation.id', 'membership.organisationId')
    .select([
      'membership.id',
      'membership.personId',
      'person.name as personName',
      'membership.organisationId',
      'organisation.name as organisationName',
      'membership.role',
      'membership.fromDay',
      'membership.toDay',
      'membership.endedOn',
    ])
    .orderBy(vietnamese('organisation.name'))
    .orderBy(vietnamese('person.name'))
}

/** Who holds which role on a day, by organisation. */
export async function membershipsOn(
  db: Db,
  day: Day,
  organisationId: Id<'organisation'> | null = null,
): Promise<Membership[]> {
  let query = memberships(db)
    .where('membership.fromDay', '<=', day)
    .where((eb) => eb.or([eb('membership.toDay', 'is', null), eb('membership.toDay', '>=', day)]))
    .where((eb) => eb.or([eb('membership.endedOn', 'is', null), eb('membership.endedOn', '>', day)]))
  if (organisationId) query = query.where('membership.organisationId', '=', organisationId)
  return (await query.execute()) as unknown as Membership[] // ids and roles as table `membership` keeps them
}

/** The roles of these people on a day, by organisation. */
export async function membershipsOfPeople(db: Db, people: readonly Id<'person'>[], day: Day): Promise<Membership[]> {
  if (people.length === 0) return []
  const rows = await memberships(db)
    .where('membership.personId', 'in', people)
    .where('membership.fromDay', '<=', day)
    .execute()
  return (rows as unknown as Membership[]).filter((membership) => holdsOn(membership, day)) // as in membershipsOn
}

export async function membershipById(db: Db, id: Id<'membership'>): Promise<Membership | null> {
  const row = await memberships(db).where('membership.id', '=', id).executeTakeFirst()
  return (row as unknown as Membership | undefined) ?? null // as in membershipsOn
}

export async function insertMembership(
  db: Db,
  row: { id: Id<'membership'>; personId: Id<'person'>; organisationId: Id<'organisation'>; role: Role; fromDay: Day },
): Promise<boolean> {
  const inserted = await db
    .insertInto('membership')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Takes a role away from `on`, which is a day it no longer holds; one that ended before is left. */
export async function endMembership(db: Db, id: Id<'membership'>, on: Day): Promise<void> {
  await db
    .updateTable('membership')
    .set({ toDay: sql<string>`greatest(from_day, least(to_day, ${on}::date))`, endedOn: on })
    .where('id', '=', id)
    .where('endedOn', 'is', null)
    .execute()
}

export interface Delegation {
  readonly id: Id<'delegation'>
  readonly membershipId: Id<'membership'>
  readonly toPersonId: Id<'person'>
  readonly toPersonName: string
  readonly fromDay: Day
  readonly toDay: Day
  readonly legalReference: string
  readonly reason: string
  readonly endedOn: Day | null
}

export async function insertDelegation(db: Db, row: Omit<Delegation, 'toPersonName' | 'endedOn'>): Promise<void> {
  await db.insertInto('delegation').values(row).execute()
}

export async function delegationsOf(db: Db, organisationId: Id<'organisation'>): Promise<Delegation[]> {
  const rows = await db
    .selectFrom('delegation')
    .innerJoin('membership', 'membership.id', 'delegation.membershipId')
    .innerJoin('person', 'person.id', 'delegation.toPersonId')
    .select([
      'delegation.id',
      'delegation.membershipId',
      'delegation.toPersonId',
      'person.name as toPersonName',
      'delegation.fromDay',
      'delegation.toDay',
      'delegation.legalReference',
      'delegation.reason',
      'delegation.endedOn',
    ])
    .where('membership.organisationId', '=', organisationId)
    .orderBy('delegation.fromDay', 'desc')
    .execute()
  return rows as unknown as Delegation[] // ids as table `delegation` keeps them
}

export async function membershipOfDelegation(db: Db, id: Id<'delegation'>): Promise<Membership | null> {
  const row = await db.selectFrom('delegation').select('membershipId').where('id', '=', id).executeTakeFirst()
  return row ? membershipById(db, row.membershipId as Id<'membership'>) : null
}

export async function endDelegationOn(db: Db, id: Id<'delegation'>, on: Day): Promise<void> {
  await db.updateTable('delegation').set({ endedOn: on }).where('id', '=', id).execute()
}

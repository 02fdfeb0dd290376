import type { Day, Db, Id } from '../kernel/index.ts'
import type { Activity } from './activity.ts'
import type { SameCounts } from './copied-counts.ts'

/** Of so many that say the same the days are counted: who copies more has been found by then. */
const MOST_COUNTED = 100

/** What an activity is looked up by. */
type Asked = Pick<Activity, 'id' | 'organisationId' | 'owedTo' | 'day'>

/** Who said the very same numbers of people before this activity, of those whose day is `since` or later. */
export async function sameCountsAs(db: Db, activity: Asked, since: Day): Promise<SameCounts> {
  const ofBody = await sayingTheSame(db, activity, since)
    .where('other.organisationId', '=', activity.organisationId)
    // One audience may have been given a talk and a play: of one day the same may be told twice.
    .where('other.day', '<>', activity.day)
    .limit(MOST_COUNTED)
    .execute()
  const elsewhere = await sayingTheSame(db, activity, since)
    .innerJoin('organisation', 'organisation.id', 'other.organisationId')
    .select('organisation.name as body')
    .where('other.organisationId', '<>', activity.organisationId)
    .where('other.owedTo', '=', activity.owedTo)
    .executeTakeFirst()
  const [last] = ofBody
  const days = new Set(ofBody.map(({ day }) => day)).size
  return {
    ofBody: last ? { id: last.id as Id<'activity'>, day: last.day, days } : null, // as stored
    elsewhere: elsewhere ? { ...elsewhere, id: elsewhere.id as Id<'activity'> } : null,
  }
}

/** The last to say so first. Rows of one table say so at one moment. */
function sayingTheSame(db: Db, { id }: Asked, since: Day) {
  return db
    .selectFrom('activity as other')
    .innerJoin('activity as own', (join) => join.on('own.id', '=', id))
    .select(['other.id', 'other.day'])
    .whereRef('other.countsKey', '=', 'own.countsKey')
    .where('other.id', '<>', id)
    .where('other.day', '>=', since)
    .where('other.state', '<>', 'withdrawn')
    .whereRef('other.countsAt', '<=', 'own.countsAt')
    .orderBy('other.countsAt', 'desc')
    .orderBy('other.day', 'desc')
}

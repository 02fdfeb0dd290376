import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Issue } from './issue.ts'

const COLUMNS = ['releaseId', 'number', 'messageId', 'ofReleaseId', 'publishedAt', 'withdrawnAt', 'renditions'] as const

/** Gives a release the next number, or answers the issue that it has; workers that come at once make one. */
export async function publishIssue(db: Db, issue: Omit<Issue, 'number' | 'withdrawnAt'>): Promise<Issue> {
  const standing = await issueOfRelease(db, issue.releaseId)
  if (standing) return standing
  await db.transaction().execute(async (inside) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('bulletin_issue', 0))`.execute(inside)
    await sql`
      insert into bulletin_issue (release_id, number, message_id, of_release_id, published_at, renditions)
      select ${issue.releaseId}::uuid, 1 + coalesce(max(number), 0), ${issue.messageId}::uuid, ${issue.ofReleaseId}::uuid,
        ${issue.publishedAt}::timestamptz, ${JSON.stringify(issue.renditions)}::jsonb
      from bulletin_issue
      on conflict (release_id) do nothing`.execute(inside)
  })
  const kept = await issueOfRelease(db, issue.releaseId)
  if (!kept) throw new Error('an issue that was just published is gone')
  return kept
}

export async function issueOfRelease(db: Db, releaseId: Id<'release'>): Promise<Issue | null> {
  const row = await db.selectFrom('bulletinIssue').select(COLUMNS).where('releaseId', '=', releaseId).executeTakeFirst()
  return row ? asIssue(row) : null
}

export async function issueByNumber(db: Db, number: number): Promise<Issue | null> {
  const row = await db.selectFrom('bulletinIssue').select(COLUMNS).where('number', '=', number).executeTakeFirst()
  return row ? asIssue(row) : null
}

/** The newest first, below a number. */
export async function issuesBelow(db: Db, number: number | null, limit: number): Promise<Issue[]> {
  let query = db.selectFrom('bulletinIssue').select(COLUMNS).orderBy('number', 'desc').limit(limit)
  if (number !== null) query = query.where('number', '<', number)
  return (await query.execute()).map(asIssue)
}

/** The newest issue that corrects or replaces one; null when none does. */
export async function issueAfter(db: Db, releaseId: Id<'release'>): Promise<Issue | null> {
  const row = await db
    .selectFrom('bulletinIssue')
    .select(COLUMNS)
    .where('ofReleaseId', '=', releaseId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? asIssue(row) : null
}

/** Takes back the issue of a release, with those it followed and those that followed it; answers how many. */
export async function withdrawIssues(db: Db, releaseId: Id<'release'>, at: Date): Promise<number> {
  const result = await sql`
    with recursive followed as (
      select release_id from bulletin_issue where release_id = ${releaseId}::uuid
      union select other.release_id from bulletin_issue as other join (
        select followed.release_id, of_release_id from followed join bulletin_issue using (release_id)
      ) as known on other.of_release_id = known.release_id or other.release_id = known.of_release_id
    )
    update bulletin_issue set withdrawn_at = ${at}::timestamptz
    where release_id in (select release_id from followed) and withdrawn_at is null`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

function asIssue(row: Record<string, unknown>): Issue {
  return row as unknown as Issue // ids and words as publishIssue wrote them
}

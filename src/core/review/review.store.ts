import { sql } from 'kysely'
import type { Content } from '../message/index.ts'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Review, ReviewStep, StepName, Verdict } from './review.ts'

export async function stepsOf(db: Db, messageKind: string): Promise<ReviewStep[]> {
  const rows = await db
    .selectFrom('reviewStep')
    .select(['ordinal', 'name', 'role', 'organisationKinds', 'channels', 'days'])
    .where('messageKind', '=', messageKind)
    .orderBy('ordinal')
    .orderBy('name')
    .execute()
  return rows as ReviewStep[] // the checks of table `review_step` and setSteps keep names and roles
}

export async function replaceSteps(
  db: Db,
  messageKind: string,
  steps: readonly (ReviewStep & { readonly id: Id<'review_step'> })[],
): Promise<void> {
  await db.deleteFrom('reviewStep').where('messageKind', '=', messageKind).execute()
  await db
    .insertInto('reviewStep')
    .values(
      steps.map(({ organisationKinds, channels, ...step }) => ({
        ...step,
        messageKind,
        organisationKinds: [...organisationKinds],
        channels: [...channels],
      })),
    )
    .execute()
}

type NewReview = Omit<Review, 'parts'> & { readonly content: Content }

export async function insertReview(db: Db, { content, ...review }: NewReview): Promise<void> {
  await db
    .insertInto('review')
    .values({ ...review, content: JSON.stringify(content) })
    .execute()
}

export async function insertParts(
  db: Db,
  reviewId: Id<'review'>,
  parts: readonly (Omit<ReviewStep, 'days' | 'channels'> & { readonly dueOn: Day })[],
): Promise<void> {
  await db
    .insertInto('reviewPart')
    .values(parts.map((part) => ({ ...part, reviewId, organisationKinds: [...part.organisationKinds] })))
    .execute()
}

const REVIEW = ['id', 'messageId', 'contentHash', 'state', 'submittedBy', 'submittedAt', 'closedAt'] as const

/** All reviews of a message, newest first. */
export async function reviewsOf(db: Db, messageId: Id<'message'>): Promise<Review[]> {
  const rows = await db
    .selectFrom('review')
    .select(REVIEW)
    .where('messageId', '=', messageId)
    .orderBy('submittedAt', 'desc')
    .execute()
  return withParts(db, rows)
}

/** The open review of a message, locked until the transaction ends. */
export async function lockOpenReview(db: Db, messageId: Id<'message'>): Promise<Review | null> {
  const rows = await db
    .selectFrom('review')
    .select(REVIEW)
    .where('messageId', '=', messageId)
    .where('state', '=', 'open')
    .forUpdate()
    .execute()
  return (await withParts(db, rows))[0] ?? null
}

/** Every open review; a province has few at a time. */
export async function openReviews(db: Db, limit: number): Promise<Review[]> {
  const rows = await db
    .selectFrom('review')
    .select(REVIEW)
    .where('state', '=', 'open')
    .orderBy('submittedAt')
    .limit(limit)
    .execute()
  return withParts(db, rows)
}

async function withParts(db: Db, rows: readonly Record<(typeof REVIEW)[number], unknown>[]): Promise<Review[]> {
  if (rows.length === 0) return []
  const parts = await db
    .selectFrom('reviewPart')
    .leftJoin('person', 'person.id', 'reviewPart.decidedBy')
    .select([
      'reviewId',
      'ordinal',
      'reviewPart.name',
      'role',
      'organisationKinds',
      'dueOn',
      'verdict',
      'note',
      'decidedBy',
      'decidedAt',
      'person.name as decidedByName',
    ])
    .where(
      'reviewId',
      'in',
      rows.map((row) => row.id as Id<'review'>),
    )
    .orderBy('ordinal')
    .orderBy('reviewPart.name')
    .execute()
  const of = Map.groupBy(parts, (part) => part.reviewId)
  return rows.map((row) => ({ ...row, parts: of.get(row.id as string) ?? [] })) as unknown as Review[] // as the tables' checks keep them
}

export async function decidePart(
  db: Db,
  which: { readonly reviewId: Id<'review'>; readonly ordinal: number; readonly name: StepName },
  decision: {
    readonly verdict: Verdict
    readonly note: string
    readonly decidedBy: Id<'person'>
    readonly decidedAt: Date
  },
): Promise<void> {
  await db
    .updateTable('reviewPart')
    .set(decision)
    .where('reviewId', '=', which.reviewId)
    .where('ordinal', '=', which.ordinal)
    .where('name', '=', which.name)
    .where('verdict', 'is', null)
    .execute()
}

export async function closeReview(db: Db, id: Id<'review'>, state: Review['state'], at: Date): Promise<void> {
  await db.updateTable('review').set({ state, closedAt: at }).where('id', '=', id).execute()
}

/** The content that was approved under a hash: what a release sends; null when nothing was. */
export async function approvedContent(db: Db, messageId: Id<'message'>, contentHash: string): Promise<Content | null> {
  const row = await db
    .selectFrom('review')
    .select('content')
    .where('messageId', '=', messageId)
    .where('contentHash', '=', contentHash)
    .where('state', '=', 'approved')
    .executeTakeFirst()
  return (row?.content as unknown as Content | undefined) ?? null // as insertReview wrote it
}

/** Messages with where each stands, for a list: the newest review of the hash that stands, and whether another was approved. */
export async function statesOfMessages(
  db: Db,
  ids: readonly Id<'message'>[],
): Promise<{ messageId: Id<'message'>; state: Review['state']; contentHash: string }[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('review')
    .select(['messageId', 'state', 'contentHash'])
    .where('messageId', 'in', ids)
    .execute()
  return rows as { messageId: Id<'message'>; state: Review['state']; contentHash: string }[] // as the table's check keeps them
}

/** Marks the steps that are due by `day` and not yet called to mind today; answers how many. */
export async function remindParts(db: Db, by: Day, today: Day): Promise<number> {
  const reminded = await db
    .updateTable('reviewPart')
    .set({ remindedOn: today })
    .where('verdict', 'is', null)
    .where('dueOn', '<=', by)
    .where((eb) => eb.or([eb('remindedOn', 'is', null), eb('remindedOn', '<', today)]))
    .where(sql<boolean>`exists (select from review where review.id = review_part.review_id and review.state = 'open')`)
    .executeTakeFirst()
  return Number(reminded.numUpdatedRows)
}

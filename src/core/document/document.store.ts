import { sql } from 'kysely'
import { fold, vietnamese, type Day, type Db, type Id } from '../kernel/index.ts'
import type { DocumentState, OfficialDocument, SignedCopy } from './document.ts'
import type { DocumentType, PaperContent } from './paper.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'type',
  'content',
  'letterhead',
  'state',
  'number',
  'numberElsewhere',
  'issuedOn',
  'originKind',
  'originId',
  'createdAt',
  'revision',
] as const

export async function insertDocument(
  db: Db,
  document: OfficialDocument & { readonly createdBy: Id<'person'> | null },
): Promise<void> {
  const { content, letterhead, ...row } = document
  await db
    .insertInto('document')
    .values({
      ...row,
      content: JSON.stringify(content),
      letterhead: letterhead && JSON.stringify(letterhead),
      subject: content.subject,
    })
    .execute()
}

export async function documentById(db: Db, id: Id<'document'>): Promise<OfficialDocument | null> {
  const row = await db.selectFrom('document').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asDocument(row) : null
}

/** The document, locked until the transaction ends. */
export async function lockDocument(db: Db, id: Id<'document'>): Promise<OfficialDocument | null> {
  const row = await db.selectFrom('document').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asDocument(row) : null
}

export async function documentsOfOrigin(db: Db, originKind: string, originId: string): Promise<OfficialDocument[]> {
  const rows = await db
    .selectFrom('document')
    .select(COLUMNS)
    .where('originKind', '=', originKind)
    .where('originId', '=', originId)
    .orderBy('id')
    .execute()
  return rows.map(asDocument)
}

export interface DocumentFilter {
  readonly organisationId?: Id<'organisation'> | null
  readonly type?: DocumentType | null
  readonly state?: DocumentState | null
  /** Words of the subject; without diacritics is well. */
  readonly words?: string
}

/** Documents without their words, the newest first; `before` is the last of the page before. */
export async function documentsWhere(
  db: Db,
  { organisationId, type, state, words = '' }: DocumentFilter,
  before: { readonly createdAt: Date; readonly id: string } | null,
  limit: number,
): Promise<ListedDocument[]> {
  const key = fold(words)
  const rows = await db
    .selectFrom('document')
    .innerJoin('organisation', 'organisation.id', 'document.organisationId')
    .select(['document.id', 'type', 'subject', 'state', 'number', 'numberElsewhere', 'issuedOn', 'createdAt'])
    .select('organisation.name as body')
    .$if(!!organisationId, (query) => query.where('organisationId', '=', organisationId ?? ''))
    .$if(!!type, (query) => query.where('type', '=', type ?? ''))
    .$if(!!state, (query) => query.where('state', '=', state ?? ''))
    .$if(key !== '', (query) => query.where(sql<boolean>`fold(subject) like ${`%${key.replace(/[\\%_]/g, '\\$&')}%`}`))
    .$if(
      before !== null,
      (query) =>
        query.where((eb) => eb(eb.refTuple('createdAt', 'document.id'), '<', eb.tuple(before!.createdAt, before!.id))), // asked above
    )
    .orderBy('createdAt', 'desc')
    .orderBy('document.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row as unknown as ListedDocument) // the checks of table `document` keep types and states
}

/** What the newest document of a body says; null where it has none. */
export async function latestContent(db: Db, organisationId: Id<'organisation'>): Promise<PaperContent | null> {
  const row = await db
    .selectFrom('document')
    .select('content')
    .where('organisationId', '=', organisationId)
    .where('state', '!=', 'dropped')
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (row.content as unknown as PaperContent) : null // as it was parsed
}

export interface ListedDocument extends Pick<
  OfficialDocument,
  'id' | 'type' | 'state' | 'number' | 'numberElsewhere' | 'issuedOn' | 'createdAt'
> {
  readonly subject: string
  readonly body: string
}

/** The bodies that have documents here, by name: among whose a list can be narrowed. */
export async function bodiesWithDocuments(
  db: Db,
): Promise<{ readonly id: Id<'organisation'>; readonly name: string }[]> {
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where((eb) =>
      eb.exists(
        eb.selectFrom('document').select('document.id').whereRef('document.organisationId', '=', 'organisation.id'),
      ),
    )
    .orderBy(vietnamese('name'))
    .execute()
  return rows.map((row) => ({ ...row, id: row.id as Id<'organisation'> }))
}

export type DocumentChange = Partial<
  Pick<OfficialDocument, 'content' | 'letterhead' | 'state' | 'number' | 'numberElsewhere' | 'issuedOn'>
> & { readonly issuedBy?: Id<'person'> | null; readonly year?: number }

export async function updateDocument(db: Db, id: Id<'document'>, change: DocumentChange): Promise<void> {
  const { content, letterhead, ...rest } = change
  await db
    .updateTable('document')
    .set({
      ...rest,
      ...(content && { content: JSON.stringify(content), subject: content.subject }),
      ...(letterhead && { letterhead: JSON.stringify(letterhead) }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** What was issued of one register, by number: the book itself (sổ đăng ký văn bản đi). */
export async function registerOf(
  db: Db,
  { organisationId, type, year }: Register,
  afterNumber: number,
  limit: number,
): Promise<OfficialDocument[]> {
  const rows = await db
    .selectFrom('document')
    .select(COLUMNS)
    .where('organisationId', '=', organisationId)
    .where('type', '=', type)
    .where('year', '=', year)
    .where('number', '>', afterNumber)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(asDocument)
}

export interface Register {
  readonly organisationId: Id<'organisation'>
  readonly type: DocumentType
  readonly year: number
}

/**
 * The next number of a register. Its row stays locked until the transaction ends, so that the next one waits: where the
 * transaction fails the number is not taken, and none is ever left out.
 */
export async function takeNumber(db: Db, { organisationId, type, year }: Register): Promise<number> {
  const { last } = await db
    .insertInto('documentRegister')
    .values({ organisationId, type, year, last: 1 })
    .onConflict((clash) =>
      clash.columns(['organisationId', 'type', 'year']).doUpdateSet({ last: sql<number>`document_register.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

/** The last number taken; 0 where none is. */
export async function lastNumber(db: Db, { organisationId, type, year }: Register): Promise<number> {
  const row = await db
    .selectFrom('documentRegister')
    .select('last')
    .where('organisationId', '=', organisationId)
    .where('type', '=', type)
    .where('year', '=', year)
    .executeTakeFirst()
  return row?.last ?? 0
}

/** Sets the last number, only upward. Answers whether it was lower. */
export async function raiseLastNumber(
  db: Db,
  { organisationId, type, year }: Register,
  last: number,
): Promise<boolean> {
  const rows = await db
    .insertInto('documentRegister')
    .values({ organisationId, type, year, last })
    .onConflict((clash) =>
      clash.columns(['organisationId', 'type', 'year']).doUpdateSet({ last }).where('documentRegister.last', '<', last),
    )
    .returning('last')
    .execute()
  return rows.length > 0
}

/** The day of the newest document of a register; null where it is empty. */
export async function lastIssuedOn(db: Db, { organisationId, type, year }: Register): Promise<Day | null> {
  const row = await db
    .selectFrom('document')
    .select('issuedOn')
    .where('organisationId', '=', organisationId)
    .where('type', '=', type)
    .where('year', '=', year)
    .where('number', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.issuedOn ?? null
}

export async function insertSignedCopy(
  db: Db,
  copy: SignedCopy & { readonly keptById: Id<'person'> | null },
): Promise<void> {
  await db.insertInto('signedCopy').values(copy).execute()
}

/** The newest first. */
export async function signedCopiesOf(db: Db, documentId: Id<'document'>): Promise<SignedCopy[]> {
  const rows = await db
    .selectFrom('signedCopy')
    .select(['id', 'documentId', 'sha256', 'fileName', 'mime', 'bytes', 'keptAt', 'keptBy'])
    .where('documentId', '=', documentId)
    .orderBy('keptAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => row as unknown as SignedCopy) // ids as they were written
}

/** The file of one state of a document, if it was made before. */
export async function madeFile(
  db: Db,
  documentId: Id<'document'>,
  revision: number,
  form: 'pdf' | 'docx',
): Promise<string | null> {
  const row = await db
    .selectFrom('documentFile')
    .select('sha256')
    .where('documentId', '=', documentId)
    .where('revision', '=', revision)
    .where('form', '=', form)
    .executeTakeFirst()
  return row?.sha256 ?? null
}

export async function insertMadeFile(
  db: Db,
  file: { documentId: Id<'document'>; revision: number; form: 'pdf' | 'docx'; sha256: string; madeAt: Date },
): Promise<void> {
  await db
    .insertInto('documentFile')
    .values(file)
    .onConflict((clash) => clash.doNothing())
    .execute()
}

function asDocument(row: Record<string, unknown>): OfficialDocument {
  return row as unknown as OfficialDocument // the checks of table `document` keep types and states; content as it was parsed
}

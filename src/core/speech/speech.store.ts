import type { Db, Id, RefusalFacts } from '../kernel/index.ts'
import type { Speech, SpeechState } from './speech.ts'

const COLUMNS = [
  'id',
  'renditionId',
  'version',
  'voice',
  'accent',
  'speed',
  'chime',
  'state',
  'pieces',
  'piecesDone',
  'refusedCode',
  'refusedFacts',
  'askedBy',
  'askedAt',
] as const
const UNDER_WAY: readonly SpeechState[] = ['waiting', 'speaking']

export type NewSpeech = Omit<Speech, 'state' | 'pieces' | 'piecesDone' | 'refusedCode' | 'refusedFacts'>

/** False when one is under way for the rendition. */
export async function insertSpeech(db: Db, speech: NewSpeech): Promise<boolean> {
  const done = await db
    .insertInto('speech')
    .values({ ...speech, state: 'waiting' })
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function speechById(db: Db, id: Id<'speech'>): Promise<Speech | null> {
  const row = await db.selectFrom('speech').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asSpeech(row) : null
}

/** The one asked for last; null when none ever was. */
export async function newestSpeech(db: Db, renditionId: Id<'rendition'>): Promise<Speech | null> {
  const row = await db
    .selectFrom('speech')
    .select(COLUMNS)
    .where('renditionId', '=', renditionId)
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? asSpeech(row) : null
}

/** Notes how far it is. False when it is under way no longer, as when somebody stopped it. */
export async function noteProgress(
  db: Db,
  id: Id<'speech'>,
  piecesDone: number,
  pieces: number | null,
): Promise<boolean> {
  const noted = await db
    .updateTable('speech')
    .set({ state: 'speaking', piecesDone, pieces })
    .where('id', '=', id)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

interface End {
  readonly state: SpeechState
  readonly endedAt: Date
  readonly refusedCode?: string
  readonly refusedFacts?: RefusalFacts
}

/** Ends it. False when it had ended before. */
export async function endSpeech(db: Db, id: Id<'speech'>, { refusedFacts, ...end }: End): Promise<boolean> {
  const ended = await db
    .updateTable('speech')
    .set({ ...end, ...(refusedFacts ? { refusedFacts: JSON.stringify(refusedFacts) } : {}) })
    .where('id', '=', id)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

function asSpeech(row: { readonly speed: string | number }): Speech {
  return { ...row, speed: Number(row.speed) } as unknown as Speech // as insertSpeech and the checks of the table keep it
}

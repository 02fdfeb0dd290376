import type { ChannelKey, RenditionText } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import type {
  MachineVoice,
  Recording,
  RecordingDecision,
  Rendition,
  RenditionVersion,
  Signature,
  Voice,
} from './rendition.ts'

function renditions(db: Db) {
  return db
    .selectFrom('rendition')
    .innerJoin('renditionVersion', (join) =>
      join
        .onRef('renditionVersion.renditionId', '=', 'rendition.id')
        .onRef('renditionVersion.number', '=', 'rendition.currentVersion'),
    )
    .leftJoin('renditionSignature', (join) =>
      join
        .onRef('renditionSignature.renditionId', '=', 'rendition.id')
        .onRef('renditionSignature.version', '=', 'rendition.currentVersion'),
    )
    .select([
      'rendition.id',
      'rendition.messageId',
      'rendition.channel',
      'rendition.language',
      'renditionVersion.number',
      'renditionVersion.fields',
      'renditionVersion.composed',
      'renditionVersion.fromMaster',
      'renditionVersion.fromComposition',
      'renditionVersion.recordingSha256',
      'renditionVersion.recordingSeconds',
      'renditionVersion.recordingLoudness',
      'renditionVersion.recordingPeak',
      'renditionVersion.recordingVoice',
      'renditionVersion.recordingWords',
      'renditionVersion.recordingSpeech',
      'renditionVersion.recordingClipped',
      'renditionVersion.recordingOverNoise',
      'renditionVersion.recordingDecision',
      'renditionVersion.restoredFrom',
      'renditionVersion.editedBy',
      'renditionVersion.editedAt',
      'renditionSignature.signedBy',
      'renditionSignature.signedAt',
      'renditionSignature.speaker',
      'renditionSignature.backTranslation',
    ])
    .where('rendition.droppedAt', 'is', null)
}

/** The renditions of a message that stand, by channel and language. */
export async function renditionsOf(db: Db, messageId: Id<'message'>): Promise<Rendition[]> {
  const rows = await renditions(db)
    .where('rendition.messageId', '=', messageId)
    .orderBy('channel')
    .orderBy('language')
    .execute()
  return rows.map(asRendition)
}

export async function renditionById(db: Db, id: Id<'rendition'>): Promise<Rendition | null> {
  const row = await renditions(db).where('rendition.id', '=', id).executeTakeFirst()
  return row ? asRendition(row) : null
}

/** The rendition of a channel and language, dropped ones too: one that is taken up again keeps its versions. */
export async function renditionIdOf(
  db: Db,
  messageId: Id<'message'>,
  channel: ChannelKey,
  language: string,
): Promise<{ id: Id<'rendition'>; currentVersion: number; dropped: boolean } | null> {
  const row = await db
    .selectFrom('rendition')
    .select(['id', 'currentVersion', 'droppedAt'])
    .where('messageId', '=', messageId)
    .where('channel', '=', channel)
    .where('language', '=', language)
    .executeTakeFirst()
  return row
    ? { id: row.id as Id<'rendition'>, currentVersion: row.currentVersion, dropped: row.droppedAt !== null }
    : null
}

export async function insertRendition(
  db: Db,
  row: { id: Id<'rendition'>; messageId: Id<'message'>; channel: ChannelKey; language: string },
): Promise<void> {
  await db.insertInto('rendition').values(row).execute()
}

export async function setDropped(db: Db, id: Id<'rendition'>, at: Date | null): Promise<void> {
  await db.updateTable('rendition').set({ droppedAt: at }).where('id', '=', id).execute()
}

/** Adds a version and makes it the current one. */
export async function addRenditionVersion(db: Db, id: Id<'rendition'>, version: RenditionVersion): Promise<void> {
  const { recording, fields, ...rest } = version
  await db
    .insertInto('renditionVersion')
    .values({
      ...rest,
      renditionId: id,
      fields: JSON.stringify(fields),
      recordingSha256: recording?.sha256 ?? null,
      recordingSeconds: recording?.seconds ?? null,
      recordingLoudness: recording?.loudness ?? null,
      recordingPeak: recording?.peak ?? null,
      recordingVoice: recording?.voice ?? null,
      recordingWords: recording?.words ?? null,
      recordingSpeech: recording?.speech ? JSON.stringify(recording.speech) : null,
      recordingClipped: recording?.clipped ?? null,
      recordingOverNoise: recording?.overNoise ?? null,
      recordingDecision: recording?.decision ? JSON.stringify(recording.decision) : null,
    })
    .execute()
  await db.updateTable('rendition').set({ currentVersion: version.number }).where('id', '=', id).execute()
}

export interface PastVersion {
  readonly number: number
  readonly fields: RenditionText
  readonly recording: Recording | null
  readonly editedAt: Date
  readonly editedBy: Id<'person'> | null
}

/** Newest first. */
export async function renditionVersionsOf(db: Db, id: Id<'rendition'>, limit = 200): Promise<PastVersion[]> {
  const rows = await db
    .selectFrom('renditionVersion')
    .select(['number', 'fields', 'editedAt', 'editedBy'])
    .select(['recordingSha256', 'recordingSeconds', 'recordingLoudness', 'recordingPeak', 'recordingVoice'])
    .select(['recordingWords', 'recordingSpeech', 'recordingClipped', 'recordingOverNoise', 'recordingDecision'])
    .where('renditionId', '=', id)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ number, fields, editedAt, editedBy, ...row }) => {
    return { number, fields, editedAt, editedBy, recording: asRecording(row) } as unknown as PastVersion // as addRenditionVersion wrote it
  })
}

export async function insertSignature(
  db: Db,
  id: Id<'rendition'>,
  version: number,
  signature: Signature,
): Promise<void> {
  await db
    .insertInto('renditionSignature')
    .values({ ...signature, renditionId: id, version })
    .onConflict((clash) => clash.columns(['renditionId', 'version']).doUpdateSet({ ...signature }))
    .execute()
}

type Row = Awaited<ReturnType<ReturnType<typeof renditions>['execute']>>[number]

function asRendition(row: Row): Rendition {
  const recording = asRecording(row)
  const { id, messageId, channel, language, number, fields, composed, fromMaster, fromComposition } = row
  const { restoredFrom, editedBy, editedAt, signedBy, signedAt, speaker, backTranslation } = row
  return {
    id,
    messageId,
    channel,
    language,
    current: { number, fields, composed, fromMaster, fromComposition, recording, restoredFrom, editedBy, editedAt },
    signature: signedBy === null ? null : { signedBy, signedAt, speaker, backTranslation },
  } as Rendition // ids, channel and fields as the tables keep them
}

interface RecordingColumns {
  readonly recordingSha256: string | null
  readonly recordingSeconds: string | number | null
  readonly recordingLoudness: string | number | null
  readonly recordingPeak: string | number | null
  readonly recordingVoice: string | null
  readonly recordingWords: string | null
  readonly recordingSpeech: unknown
  readonly recordingClipped: string | number | null
  readonly recordingOverNoise: string | number | null
  readonly recordingDecision: unknown
}

function asRecording(row: RecordingColumns): Recording | null {
  if (row.recordingSha256 === null) return null
  return {
    sha256: row.recordingSha256,
    seconds: Number(row.recordingSeconds ?? 0),
    loudness: numberOf(row.recordingLoudness),
    peak: numberOf(row.recordingPeak),
    clipped: numberOf(row.recordingClipped),
    overNoise: numberOf(row.recordingOverNoise),
    decision: row.recordingDecision as RecordingDecision | null, // as addRenditionVersion wrote it
    voice: row.recordingVoice as Voice | null, // the check of the column keeps it
    words: row.recordingWords,
    speech: row.recordingSpeech as MachineVoice | null, // as addRenditionVersion wrote it
  }
}

function numberOf(cell: string | number | null): number | null {
  return cell === null ? null : Number(cell)
}

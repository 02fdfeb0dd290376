import type { Db, Id } from '../kernel/index.ts'

/** A piece from the microphone that no device has heard yet. */
export interface UnsentPart {
  readonly number: number
  /** 16 bits, lowest byte first, one voice, 24,000 a second. */
  readonly samples: Buffer
}

export async function insertPart(
  db: Db,
  part: {
    readonly takeoverId: Id<'takeover'>
    readonly number: number
    readonly samples: Uint8Array
    readonly cameAt: Date
  },
): Promise<void> {
  await db
    .insertInto('takeoverPart')
    .values({ ...part, samples: Buffer.from(part.samples) })
    .execute()
}

/** In the order in which they were spoken. */
export async function unsentParts(db: Db, takeoverId: Id<'takeover'>, limit: number): Promise<UnsentPart[]> {
  const rows = await db
    .selectFrom('takeoverPart')
    .select(['number', 'samples'])
    .where('takeoverId', '=', takeoverId)
    .where('sentAt', 'is', null)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(({ number, samples }) => ({ number, samples: samples ?? Buffer.of() }))
}

/** Keeps what was sent of a piece in the place of its samples. */
export async function notePartSent(
  db: Db,
  takeoverId: Id<'takeover'>,
  { number, sound, seconds }: { readonly number: number; readonly sound: Uint8Array; readonly seconds: number },
  sentAt: Date,
): Promise<void> {
  const sent = { samples: null, sound: Buffer.from(sound), seconds, sentAt }
  await db
    .insertInto('takeoverPart')
    .values({ takeoverId, number, cameAt: sentAt, ...sent })
    .onConflict((clash) => clash.columns(['takeoverId', 'number']).doUpdateSet(sent))
    .execute()
}

/** All that was sent, one after the other, as one MP3, with its length. */
export async function sentSpeech(
  db: Db,
  takeoverId: Id<'takeover'>,
): Promise<{ readonly sound: Buffer; readonly seconds: number; readonly parts: number }> {
  const rows = await db
    .selectFrom('takeoverPart')
    .select(['sound', 'seconds'])
    .where('takeoverId', '=', takeoverId)
    .where('sentAt', 'is not', null)
    .orderBy('number')
    .execute()
  const sound = Buffer.concat(rows.map((row) => row.sound ?? Buffer.of()))
  return { sound, seconds: rows.reduce((sum, row) => sum + Number(row.seconds), 0), parts: rows.length }
}

export async function deleteParts(db: Db, takeoverId: Id<'takeover'>): Promise<void> {
  await db.deleteFrom('takeoverPart').where('takeoverId', '=', takeoverId).execute()
}

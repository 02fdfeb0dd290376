import type { Db } from '../kernel/index.ts'

/** A key with which what devices play is signed; `sealed` is its private half (PKCS#8, PEM) sealed. */
export interface KeptSpeakerKey {
  readonly id: string
  readonly publicKey: Buffer
  readonly sealed: string
  readonly madeAt: Date
  readonly signsFrom: Date
  readonly endsAt: Date | null
}

/** Those that sign or will sign, the one that signs first before those that are announced. */
export async function speakerKeysOn(db: Db, now: Date): Promise<KeptSpeakerKey[]> {
  return db
    .selectFrom('speakerKey')
    .select(['id', 'publicKey', 'sealed', 'madeAt', 'signsFrom', 'endsAt'])
    .where((eb) => eb.or([eb('endsAt', 'is', null), eb('endsAt', '>', now)]))
    .orderBy('signsFrom')
    .orderBy('id')
    .execute()
}

/** All that were ever made, the newest first. */
export async function allSpeakerKeys(
  db: Db,
): Promise<Pick<KeptSpeakerKey, 'id' | 'madeAt' | 'signsFrom' | 'endsAt'>[]> {
  return db
    .selectFrom('speakerKey')
    .select(['id', 'madeAt', 'signsFrom', 'endsAt'])
    .orderBy('signsFrom', 'desc')
    .orderBy('id')
    .execute()
}

export async function insertSpeakerKey(db: Db, key: KeptSpeakerKey): Promise<void> {
  await db.insertInto('speakerKey').values(key).execute()
}

/** Lets the keys that stand now end at a moment. */
export async function endSpeakerKeys(db: Db, at: Date): Promise<void> {
  await db.updateTable('speakerKey').set({ endsAt: at }).where('endsAt', 'is', null).execute()
}

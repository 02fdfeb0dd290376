import type { Db, Id } from '../kernel/index.ts'
import type { BridgeSetting, Code, CodeKind } from './code.ts'

export async function codesOf(db: Db): Promise<Code[]> {
  const rows = await db
    .selectFrom('bridgeCode')
    .select(['kind', 'code', 'value', 'outbound', 'seenAt', 'confirmedAt'])
    .orderBy('kind')
    .orderBy('code')
    .execute()
  return rows as unknown as Code[] // kinds by the check of the table
}

/** Keeps codes that came in and were not known: without a value. Answers how many were new. */
export async function insertUnknown(
  db: Db,
  codes: readonly { readonly kind: CodeKind; readonly code: string }[],
  now: Date,
): Promise<number> {
  if (codes.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('bridgeCode')
    .values(codes.map((one) => ({ ...one, value: null, outbound: false, seenAt: now })))
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

export interface KeptCode {
  readonly kind: CodeKind
  readonly code: string
  readonly value: string | null
  readonly outbound: boolean
  readonly confirmedAt: Date
  readonly confirmedBy: Id<'person'> | null
}

/** Adds a code or changes it; of several that mean the same, one is written. */
export async function upsertCode(db: Db, kept: KeptCode): Promise<void> {
  if (kept.outbound) {
    await db
      .updateTable('bridgeCode')
      .set({ outbound: false })
      .where('kind', '=', kept.kind)
      .where('value', '=', kept.value)
      .execute()
  }
  const { value, outbound, confirmedAt, confirmedBy } = kept
  await db
    .insertInto('bridgeCode')
    .values({ ...kept, seenAt: confirmedAt })
    .onConflict((clash) => clash.columns(['kind', 'code']).doUpdateSet({ value, outbound, confirmedAt, confirmedBy }))
    .execute()
}

export async function dropCodeRow(db: Db, kind: CodeKind, code: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('bridgeCode')
    .where('kind', '=', kind)
    .where('code', '=', code)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function settingOf(db: Db): Promise<BridgeSetting> {
  return db
    .selectFrom('bridgeSetting')
    .select(['sourceCode', 'defaultField', 'pushAddress', 'pushSecretSealed'])
    .executeTakeFirstOrThrow()
}

export async function updateSetting(db: Db, change: Partial<BridgeSetting>): Promise<void> {
  await db.updateTable('bridgeSetting').set(change).execute()
}

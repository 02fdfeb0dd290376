import type { Db } from '../kernel/index.ts'
import { PATIENCE_HOURS, type Patience } from './alarm.ts'

/** Hours of each kind: those that were set, else those that Loa brings. */
export async function patienceOf(db: Db): Promise<Patience> {
  const rows = await db.selectFrom('alarmPatience').select(['kind', 'hours']).execute()
  const set = Object.fromEntries(
    rows.filter(({ kind }) => kind in PATIENCE_HOURS).map(({ kind, hours }) => [kind, hours]),
  )
  return { ...PATIENCE_HOURS, ...set }
}

export async function upsertPatience(db: Db, patience: Patience): Promise<void> {
  await db
    .insertInto('alarmPatience')
    .values(Object.entries(patience).map(([kind, hours]) => ({ kind, hours })))
    .onConflict((clash) => clash.column('kind').doUpdateSet((eb) => ({ hours: eb.ref('excluded.hours') })))
    .execute()
}

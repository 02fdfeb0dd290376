import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { CommandKind, DeviceCommand } from './command.ts'

const COLUMNS = ['id', 'deviceId', 'kind', 'facts', 'madeBy', 'madeAt', 'until', 'answeredAt', 'answer'] as const

export async function insertCommands(
  db: Db,
  commands: readonly Omit<DeviceCommand, 'answeredAt' | 'answer'>[],
): Promise<void> {
  for (let at = 0; at < commands.length; at += 500) {
    const rows = commands.slice(at, at + 500).map((one) => ({ ...one, facts: JSON.stringify(one.facts) }))
    await db.insertInto('deviceCommand').values(rows).execute()
  }
}

/** What no device has answered yet and still holds, the oldest first. */
export async function openCommands(db: Db, now: Date): Promise<DeviceCommand[]> {
  const rows = await db
    .selectFrom('deviceCommand')
    .select(COLUMNS)
    .where('answeredAt', 'is', null)
    .where('until', '>', now)
    .orderBy('madeAt')
    .orderBy('id')
    .execute()
  return rows.map(asCommand)
}

/** Commands to a device, the newest first. */
export async function commandsOf(db: Db, deviceId: Id<'device'>, limit: number): Promise<DeviceCommand[]> {
  const rows = await db
    .selectFrom('deviceCommand')
    .select(COLUMNS)
    .where('deviceId', '=', deviceId)
    .orderBy('madeAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asCommand)
}

/** Commands of these kinds that wait are over: a newer one says otherwise. */
export async function endCommands(
  db: Db,
  deviceIds: readonly Id<'device'>[],
  kinds: readonly CommandKind[],
  now: Date,
): Promise<void> {
  if (deviceIds.length === 0) return
  await db
    .updateTable('deviceCommand')
    .set({ until: now })
    .where('deviceId', 'in', [...deviceIds])
    .where('kind', 'in', [...kinds])
    .where('answeredAt', 'is', null)
    .where('until', '>', now)
    .execute()
}

/** Notes what a device answered; the first answer stands, and only to what was asked of this device. */
export async function answerCommands(
  db: Db,
  deviceId: Id<'device'>,
  answers: readonly { readonly commandId: Id<'device_command'>; readonly answer: string; readonly at: Date }[],
): Promise<void> {
  if (answers.length === 0) return
  const given = JSON.stringify(answers.map(({ commandId, answer, at }) => ({ id: commandId, answer, at })))
  await sql`
    update device_command set answered_at = given.at, answer = given.answer
    from jsonb_to_recordset(${given}::jsonb) as given (id uuid, answer text, at timestamptz)
    where device_command.id = given.id and device_command.device_id = ${deviceId} and answered_at is null`.execute(db)
}

function asCommand(row: Record<string, unknown>): DeviceCommand {
  return row as unknown as DeviceCommand // kinds as the table checks them
}

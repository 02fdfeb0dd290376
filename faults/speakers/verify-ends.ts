import { sql } from 'kysely'
import { piecesOf } from '../../src/core/station/index.ts'
import type { Db, Id } from '../../src/core/kernel/index.ts'
import { hashOf, open } from '../../src/platform/speakers/envelope.ts'
import { Up, type BroadcastFile, type LogEntry } from '../../src/platform/speakers/protocol.ts'
import { judge, STATES, type HubState, type Planned } from '../../src/speaker/judge.build.ts'
import { publicKeyOf } from '../../src/speaker/rules/raw-key.ts'
import type { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'

export interface Ends {
  /** Plays × devices. */
  readonly planned: number
  /** How they ended, by what is kept of them in the database. */
  readonly states: Readonly<Record<HubState, number>>
  /** Entries of signed logs that are bound to each other without a gap. */
  readonly entries: number
  /** What must never be. */
  readonly wrong: readonly string[]
}

interface KeptPlay extends Planned {
  readonly stationCode: string
  readonly state: string
}
interface KeptEnd {
  readonly playId: string
  readonly deviceId: string
  readonly state: string
  readonly logSeq: string | null
}

/** Holds what the database keeps of every play at every device against the signed logs, and those against what was heard. */
export async function verifyEnds(db: Db, devices: readonly SimulatedDevice[]): Promise<Ends> {
  const plays = await keptPlays(db)
  const ends = Map.groupBy(await keptEnds(db), ({ deviceId }) => deviceId)
  const states = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<HubState, number> // one number for each
  const wrong: string[] = []
  const sum = { planned: 0, entries: 0 }
  for (const device of devices) {
    const { deviceId, stationCode } = device.identity
    const { entries, flaws } = await logOf(db, device)
    const own = plays.filter((play) => play.stationCode === stationCode)
    const told = entries.flatMap(({ entry }) => (entry.kind === 'end' ? [entry] : []))
    const judged = judge(device, { endsOf: () => told }, own)
    const kept = new Map((ends.get(deviceId) ?? []).map((end) => [end.playId, end]))
    wrong.push(
      ...flaws,
      ...judged.wrong,
      ...own.flatMap((play, at) => unlike(play, judged.states[at], kept.get(play.id))),
    )
    if (kept.size !== own.length) wrong.push(`${deviceId} has ends of ${kept.size} plays, of ${own.length} planned`)
    for (const { state } of kept.values()) if (state in states) states[state as HubState] += 1 // looked up just before
    sum.planned += own.length
    sum.entries += entries.length
  }
  return { ...sum, states, wrong: [...wrong, ...(await openRows(db))] }
}

/** The end that is kept is the one that was told first; of what nobody told, what was concluded. */
function unlike(play: KeptPlay, told: HubState | undefined, kept: KeptEnd | undefined): string[] {
  const say = (what: string) => [`${play.broadcast.class} ${play.id}: ${what} (told ${told}, kept ${kept?.state})`]
  if (!kept) return say('has no end')
  const concluded = play.state === 'skipped' ? 'skipped' : 'offline'
  if (kept.logSeq !== null && kept.state !== told) return say('is kept otherwise than it was told')
  if (kept.logSeq === null && told !== 'offline') return say('was told and is not kept')
  if (kept.logSeq === null && kept.state !== concluded) return say('was told by nobody')
  return []
}

/** The signed pieces of a device's log as they are kept, opened and bound to each other. */
async function logOf(db: Db, { identity }: SimulatedDevice): Promise<{ entries: LogEntry[]; flaws: string[] }> {
  const deviceId = identity.deviceId as Id<'device'>
  const device = await db.selectFrom('device').select('publicKey').where('id', '=', deviceId).executeTakeFirstOrThrow()
  const key = publicKeyOf((device.publicKey ?? Buffer.of()).toString('base64url'))
  const log: LogEntry[] = []
  const flaws: string[] = []
  for (const { envelope, firstSeq, lastSeq } of await piecesOf(db, deviceId)) {
    const opened = open(Buffer.from(envelope), (id) => (id === deviceId ? key : null), Up)
    if ('refused' in opened || opened.payload.body.kind !== 'log') {
      flaws.push(`${deviceId}: the piece from ${firstSeq} does not open`)
      continue
    }
    for (const entry of opened.payload.body.entries) {
      // What a piece holds besides was kept before.
      if (entry.seq < firstSeq || entry.seq > lastSeq) continue
      const last = log.at(-1)
      if (entry.seq !== log.length + 1 || entry.prev !== (last ? hashOf(last) : '0'.repeat(64)))
        flaws.push(`${deviceId}: the log breaks at ${entry.seq}`)
      log.push(entry)
    }
  }
  return { entries: log, flaws }
}

/** Plays of stations whose devices are played, with what a device is told of their recordings. */
async function keptPlays(db: Db): Promise<KeptPlay[]> {
  const { rows } = await sql<
    Omit<BroadcastFile, 'class'> & Omit<KeptPlay, 'broadcast' | 'atMs'> & { at: Date; class: string }
  >`
    select play.id, play.state, play.class, play.planned_at as at, outlet.code as station_code, broadcast.title, broadcast.language,
      broadcast.sha256, broadcast.seconds::float8 as seconds, broadcast.valid_from, broadcast.valid_until
    from play join broadcast on broadcast.id = play.broadcast_id join outlet on outlet.id = play.station_id
    where outlet.code like 'YH-%' order by play.planned_at, play.id`.execute(db)
  return rows.map(({ id, state, stationCode, at, ...broadcast }) => {
    return { id, state, stationCode, atMs: at.getTime(), broadcast: { ...broadcast, id } as unknown as BroadcastFile }
  })
}

async function keptEnds(db: Db): Promise<KeptEnd[]> {
  const { rows } = await sql<KeptEnd>`
    select play_end.play_id, play_end.device_id, play_end.state, play_end.log_seq from play_end
    join play on play.id = play_end.play_id join outlet on outlet.id = play.station_id
    where outlet.code like 'YH-%'`.execute(db)
  return rows
}

/** Rows of the ledger that stand otherwise than their plays: none. */
async function openRows(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string; state: string; heard: boolean }>`
    select delivery.id, delivery.state, exists (
      select from play join play_end on play_end.play_id = play.id and play_end.state = 'played'
      where play.delivery_id = delivery.id) as heard
    from delivery join outlet on outlet.id = delivery.outlet_id where outlet.code like 'YH-%'`.execute(db)
  return rows.flatMap(({ id, state, heard }) =>
    state === (heard ? 'delivered' : 'failed') ? [] : [`row ${id} stands as ${state}, heard: ${heard}`],
  )
}

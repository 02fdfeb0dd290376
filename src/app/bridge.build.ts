import { createHash } from 'node:crypto'
import { packWith } from '../core/bridge/index.ts'
import { newId, type Clock, type Id } from '../core/kernel/index.ts'
import { bridgeFile } from '../platform/bridge/index.ts'
import { openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

export const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 9])
export const SHA256 = createHash('sha256').update(SOUND).digest('hex')
/** The days that the plays of the stage are on. */
export const DAYS = { from: '2026-11-24', to: '2026-11-26' }

/** A stage with a station that plays, live speech there, and a board that shows. */
export async function openBridgeStage(clock: Clock): Promise<ReleaseStage> {
  packWith(bridgeFile)
  const station = { channel: 'loudspeaker', means: 'manual', place: '02683', organisation: 'UBND-02683' }
  const stage = await openReleaseStage(clock, [
    outletRow({ ...station, code: 'DTT-1', name: 'Đài xã', kind: 'station' }),
    outletRow({ ...station, channel: 'board', code: 'BT-1', name: 'Bảng chợ', kind: 'led_board' }),
  ])
  await layPlays(stage, clock)
  return stage
}

/** A station with a cluster and a device, one broadcast played there twice, one play that the commune has not chosen. */
async function layPlays(stage: ReleaseStage, clock: Clock): Promise<void> {
  const { ctx } = stage
  const { db } = ctx
  const releaseId = await stage.released({
    channels: ['loudspeaker'],
    startsAt: clock.now(),
    words: 'Phát',
  } as Parameters<ReleaseStage['released']>[0])
  const { id: stationId } = await db
    .selectFrom('outlet')
    .select('id')
    .where('code', '=', 'DTT-1')
    .executeTakeFirstOrThrow()
  await db.insertInto('station').values({ outletId: stationId, carriage: 'ip' }).execute()
  const [cluster, device, broadcast, slot] = [newId(), newId(), newId(), newId()]
  const about = { stationId, code: 'CUM-1', name: 'Cụm loa thôn Một', network: '4g', latitude: 22.5, longitude: 104 }
  await db
    .insertInto('cluster')
    .values({ ...about, id: cluster })
    .execute()
  const made = { addedAt: clock.now(), enrolledAt: clock.now(), publicKey: Buffer.alloc(32, 1) }
  await db
    .insertInto('device')
    .values({ ...made, id: device, stationId, clusterId: cluster, code: 'LOA-1', state: 'enrolled' })
    .execute()
  await stage.ctx.files.put(SOUND)
  const valid = { validFrom: clock.now(), validUntil: new Date('2026-12-24T00:00:00Z'), madeAt: clock.now() }
  const words = { title: 'Cảnh giác', script: 'Gọi một một một.', language: 'vi', class: 'priority' }
  const sound = { sha256: SHA256, bytes: SOUND.length, seconds: 12.5 }
  await db
    .insertInto('broadcast')
    .values({ ...valid, ...words, ...sound, id: broadcast, releaseId, versionId: newId(), contentHash: 'x' })
    .execute()
  await db
    .insertInto('slot')
    .values({ id: slot, stationId, name: 'Sáng', weekdays: 127, begins: '05:30', minutes: 30 })
    .execute()
  for (const [at, [state, slotId]] of (
    [
      ['chosen', slot],
      ['chosen', null],
      ['offered', slot],
    ] as const
  ).entries()) {
    const play = newId()
    const plannedAt = new Date(`2026-11-2${4 + at}T22:30:00Z`)
    const what = { stationId, broadcastId: broadcast, releaseId, deliveryId: newId(), class: 'priority', state, slotId }
    await db
      .insertInto('play')
      .values({ ...what, id: play, day: `2026-11-2${4 + at}`, plannedAt })
      .execute()
    await db
      .insertInto('playEnd')
      .values({ playId: play, deviceId: device, state: at === 0 ? 'played' : 'expected', seconds: at === 0 ? 12.5 : 0 })
      .execute()
  }
  await layBeside(stage, clock, releaseId, { stationId, device })
}

/** What was said live at the station, what a board shows, and what the device last said of itself. */
async function layBeside(
  stage: ReleaseStage,
  clock: Clock,
  releaseId: Id<'release'>,
  { stationId, device }: { readonly stationId: string; readonly device: string },
): Promise<void> {
  const { db } = stage.ctx
  const [one, other] = (await db.selectFrom('person').select('id').limit(2).execute()).map(({ id }) => id)
  const beganAt = new Date('2026-11-24T03:00:00Z')
  const takeover = newId()
  const said = { reason: 'Lũ ống', speaker: 'Bà Vàng Thị Mai', language: 'vi', minutes: 5, state: 'ended' }
  const allowed = { askedBy: one!, askedAt: beganAt, lapsesAt: beganAt, approvedBy: other!, approvedAt: beganAt }
  const spoken = { beganAt, endedAt: new Date('2026-11-24T03:01:30Z'), endReason: 'stopped' }
  await db
    .insertInto('takeover')
    .values({ ...said, ...allowed, ...spoken, id: takeover })
    .execute()
  await db.insertInto('takeoverStation').values({ takeoverId: takeover, stationId, playId: newId() }).execute()
  const { id: outletId } = await db
    .selectFrom('outlet')
    .select('id')
    .where('code', '=', 'BT-1')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('board')
    .values({ outletId })
    .onConflict((clash) => clash.doNothing())
    .execute()
  const { messageId } = await db
    .selectFrom('release')
    .select('messageId')
    .where('id', '=', releaseId)
    .executeTakeFirstOrThrow()
  const shown = { fromAt: beganAt, untilAt: new Date('2026-11-25T03:00:00Z'), madeAt: clock.now(), seconds: 10 }
  await db
    .insertInto('showing')
    .values({
      ...{ ...shown, id: newId(), outletId, releaseId, messageId, deliveryId: newId(), class: 'ordinary' },
      ...{ kind: 'line', language: 'vi', words: 'Gọi 111.' },
    })
    .execute()
  const state = { heardAt: clock.now(), volume: 70, faults: ['clock'], agentVersion: '1.2' }
  await db
    .insertInto('deviceState')
    .values({ ...state, deviceId: device })
    .execute()
}

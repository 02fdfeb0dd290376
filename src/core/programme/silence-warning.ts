import * as v from 'valibot'
import { action, asSystem, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { followersOf, releaseById } from '../release/index.ts'
import { devicesOf, sendCommand, stationsToldToStop } from '../station/index.ts'
import { stationsWarned, stillSounding } from './sounding.store.ts'

/** So long after the recall a device may have begun that had not heard of it yet. */
const HEARS_WITHIN_MS = 2 * 60_000

/** Where a warning that was taken back may still sound, and where who took it back has had the devices stopped. */
export interface Sounding {
  readonly stop: readonly Id<'outlet'>[]
  readonly resume: readonly Id<'outlet'>[]
}

/**
 * A device plays to its end what it has begun (docs/speaker-protocol.md): so a warning that was taken back goes on until
 * then, or until the device is told to stop. Null where the release is no warning, or was not taken back.
 */
export async function soundingOf(ctx: Ctx, releaseId: Id<'release'>): Promise<Sounding | null> {
  const warning = await releaseById(ctx.db, releaseId)
  if (warning?.lane !== 'emergency' || warning.kind === 'recall') return null
  const followers = await followersOf(ctx.db, releaseId)
  const takenBackAt = followers.find(({ kind, state }) => kind === 'recall' && state === 'released')?.releasedAt
  if (!takenBackAt) return null
  const now = ctx.clock.now()
  const resume = await stationsToldToStop(ctx.db, await stationsWarned(ctx.db, releaseId), now)
  const { stationIds, seconds } = await stillSounding(ctx.db, releaseId)
  const isOver = now.getTime() > takenBackAt.getTime() + seconds * 1_000 + HEARS_WITHIN_MS
  return { stop: isOver ? [] : stationIds.filter((id) => !resume.includes(id)), resume }
}

/**
 * Tells the devices at which a warning that was taken back may still sound to stop, or to play again: for who may take it
 * back, though the devices are another body's, since it was they who had it sounded there. `devices` is how many whoever
 * asks was shown. Answers how many were told.
 */
export const silenceWarning = action('programme.silence_warning', {
  input: v.object({
    releaseId: idOf<'release'>(),
    kind: v.picklist(['stop', 'resume']),
    devices: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'leader'],
    within: async (ctx, { releaseId }) => (await releaseById(ctx.db, releaseId))?.organisationId ?? null,
  },
  records: ({ releaseId, kind }, devices: number) => ({
    subject: 'release',
    subjectId: releaseId,
    facts: { kind, devices },
  }),
  async run(ctx, { releaseId, kind, devices }): Promise<number> {
    const stations = (await soundingOf(ctx, releaseId))?.[kind] ?? []
    if (stations.length === 0) throw new Refusal('programme.sounds_nowhere')
    const own = asSystem(ctx, 'programme')
    let told = 0
    for (const stationId of stations) {
      if ((await devicesOf(ctx.db, stationId)).length > 0) told += await sendCommand(own, { stationId, kind })
    }
    if (told !== devices) throw new Refusal('station.count_changed', { shown: devices, now: told })
    return told
  },
})

import { join } from 'node:path'
import { listenTo } from '../src/app/listening.build.ts'
import { CHANNEL_RULES } from '../src/channels/index.ts'
import { asSystem, type Ctx, type Id } from '../src/core/kernel/index.ts'
import {
  addRendition,
  composeWith,
  messageById,
  recordRendition,
  renditionsOf,
  startMessage,
} from '../src/core/message/index.ts'
import { organisationHierarchy } from '../src/core/organisation/index.ts'
import { pressRelease, proposeRelease, undoWithin, type Lane } from '../src/core/release/index.ts'
import { decideReview, setSteps, submitMessage } from '../src/core/review/index.ts'
import { stationByCode } from '../src/core/station/index.ts'
import { readConfig } from '../src/platform/config/index.ts'
import { openDatabase, reachDatabase } from '../src/platform/database/index.ts'
import { openFileStore } from '../src/platform/files/file-store.ts'
import { person, stillClock, testCtx } from '../src/testing/index.ts'
import type { RunningApp } from './running-app.ts'

/** Works on the database of an app in another process, as the system. */
export async function onApp<Result>(app: RunningApp, work: (ctx: Ctx) => Promise<Result>): Promise<Result> {
  const { allowNamespaces } = readConfig()
  const { url } = await reachDatabase({ databaseUrl: null, dataFolder: app.folder, allowNamespaces })
  const database = openDatabase(url, 2)
  try {
    const clock = stillClock(new Date().toISOString())
    const files = openFileStore(join(app.folder, 'files'))
    return await work(asSystem(testCtx(database.db, { clock, files, hierarchy: organisationHierarchy }), 'story'))
  } finally {
    await database.close()
  }
}

const SOUND_SECONDS = 102

/** Releases a recorded notice over the loudspeakers of the place of a station, for a week. */
export function airOn(
  app: RunningApp,
  station: string,
  title: string,
  lane: Lane,
  campaignId?: Id<'campaign'>,
): Promise<Id<'release'>> {
  composeWith(CHANNEL_RULES)
  undoWithin(0)
  return onApp(app, async (ctx) => {
    const { placeId } = (await stationByCode(ctx.db, station))!
    const body = await ctx.db
      .selectFrom('organisation')
      .select('id')
      .where('code', '=', 'SVHTTDL-LC-2025')
      .executeTakeFirstOrThrow()
    const organisationId = body.id as Id<'organisation'>
    await setSteps(ctx, { messageKind: 'notice', steps: [{ ordinal: 1, name: 'lead', role: 'leader', days: 1 }] })
    const words = { title, lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
    const of = { kind: 'notice' as const, workingTitle: title, organisationId, ...(campaignId ? { campaignId } : {}) }
    const messageId = await startMessage(ctx, { ...words, ...of })
    await addRendition(ctx, { messageId, channel: 'loudspeaker', language: 'vi' })
    const sha256 = await ctx.files.put(Buffer.from(`ID3 ${title}`))
    for (const { id, channel } of await renditionsOf(ctx.db, messageId)) {
      if (channel !== 'loudspeaker') continue
      await recordRendition(ctx, {
        renditionId: id,
        basedOn: 1,
        sha256,
        seconds: SOUND_SECONDS,
        loudness: -16,
        peak: -2,
      })
    }
    await submitMessage(ctx, { messageId })
    const { contentHash } = (await messageById(ctx.db, messageId))!
    const { id } = await ctx.db
      .selectFrom('person')
      .select('id')
      .where('username', '=', 'lanhdao')
      .executeTakeFirstOrThrow()
    const leader = person(id as Id<'person'>, [{ role: 'leader', organisationId, delegationId: null }], 'lanhdao')
    await listenTo({ ...ctx, actor: leader }, { messageId, sha256, seconds: SOUND_SECONDS })
    await decideReview({ ...ctx, actor: leader }, { messageId, step: 'lead', verdict: 'approve', contentHash })
    const now = ctx.clock.now()
    const releaseId = await proposeRelease(lane === 'emergency' ? { ...ctx, actor: leader } : ctx, {
      messageId,
      channels: ['loudspeaker'],
      places: [placeId],
      startsAt: now,
      endsAt: new Date(now.getTime() + 7 * 86_400_000),
      lane,
      laneReason: lane === 'emergency' ? 'Lũ quét' : '',
      words: 'Phát trên loa',
    })
    await pressRelease(ctx, { releaseId })
    return releaseId
  })
}

import {
  addRendition,
  messageById,
  recordRendition,
  renditionsOf,
  signRendition,
  startMessage,
} from '../core/message/index.ts'
import type { Clock, Id } from '../core/kernel/index.ts'
import { followHandedStations, keepSlot } from '../core/programme/index.ts'
import { pressRelease, proposeRelease, sendWith, workLedger, type Lane } from '../core/release/index.ts'
import { decideReview, submitMessage } from '../core/review/index.ts'
import { loudspeakerSender } from '../channels/loudspeaker/loudspeaker-sender.ts'
import { importStations, stationByCode } from '../core/station/index.ts'
import type { TestDatabase } from '../testing/index.ts'
import { listenTo } from './listening.build.ts'
import { openReleaseStage } from './release.build.ts'
import { stationWith } from './stations.build.ts'

/** How a slot is typed, with what is most often so. */
const SLOT = { weekdays: 127, market: '', minutes: 30, fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }

const SOUND_SECONDS = 100

/** Two stations over IP with three and one speakers, and one by FM, each with a morning and an afternoon slot. */
export async function openProgrammeStage(clock: Clock, given?: TestDatabase) {
  const stage = await openReleaseStage(clock, [], given)
  sendWith(loudspeakerSender)
  followHandedStations()
  const { ctx, system, writer, leader } = stage
  const rows = [
    ...stationWith('LOA-A', 3),
    ...stationWith('LOA-B', 1),
    ...stationWith('LOA-FM', 1, { carriage: 'fm' }).filter(({ kind }) => kind !== 'speaker'),
  ]
  await importStations(system, { rows })
  const idOf = async (code: string) => (await stationByCode(ctx.db, code))!.id
  const [a, b, fm] = [await idOf('LOA-A'), await idOf('LOA-B'), await idOf('LOA-FM')]
  for (const stationId of [a, b, fm]) {
    await keepSlot(system, { ...SLOT, stationId, name: 'Sáng', begins: '05:30' })
    await keepSlot(system, { ...SLOT, stationId, name: 'Chiều', begins: '16:30' })
  }
  const enrolledAt = new Date(clock.now().getTime() - 3_600_000)
  const devices = await ctx.db
    .updateTable('device')
    .set({ state: 'enrolled', enrolledAt, publicKey: Buffer.alloc(32, 1) })
    .returning(['id', 'stationId'])
    .execute()
  const devicesOf = (stationId: string) =>
    devices.filter((device) => device.stationId === stationId).map(({ id }) => id as Id<'device'>)

  async function recorded(
    recordedIn: readonly string[] = ['vi'],
    campaignId?: Id<'campaign'>,
    seconds = SOUND_SECONDS,
  ) {
    const words = { title: 'Cảnh giác', lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
    const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
    const of = {
      kind: 'notice' as const,
      workingTitle: 'Cảnh giác',
      organisationId,
      ...(campaignId ? { campaignId } : {}),
    }
    const messageId = await startMessage(writer, { ...words, ...of })
    for (const language of recordedIn.length > 0 ? recordedIn : ['vi'])
      await addRendition(writer, { messageId, channel: 'loudspeaker', language })
    const recordings: string[] = []
    for (const { id, language } of await renditionsOf(ctx.db, messageId)) {
      if (!recordedIn.includes(language)) continue
      const sha256 = await ctx.files.put(Buffer.from(`${language} ${messageId}`))
      const sound = { seconds, loudness: -16, peak: -2 }
      await recordRendition(writer, { renditionId: id, basedOn: 1, sha256, ...sound })
      const signature = { speaker: 'Người bản ngữ', backTranslation: 'Cảnh giác' }
      if (language !== 'vi') await signRendition(writer, { renditionId: id, basedOn: 2, ...signature })
      recordings.push(sha256)
    }
    await submitMessage(writer, { messageId })
    for (const sha256 of recordings) await listenTo(leader, { messageId, sha256, seconds })
    const { contentHash } = (await messageById(ctx.db, messageId))!
    await decideReview(leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
    return messageId
  }

  return {
    ...stage,
    stations: { a, b, fm },
    devicesOf,
    recorded,
    /** A recorded notice released over the loudspeakers, its rows handed out. */
    async aired(lane: Lane = 'ordinary', given: { endsAt?: Date | null; messageId?: Id<'message'> } = {}) {
      const messageId = given.messageId ?? (await recorded())
      const releaseId = await proposeRelease(lane === 'emergency' ? leader : writer, {
        messageId,
        channels: ['loudspeaker'],
        startsAt: clock.now(),
        endsAt: given.endsAt ?? null,
        lane,
        laneReason: lane === 'ordinary' ? '' : 'Lũ quét',
        words: 'Đọc trên loa',
      })
      await pressRelease(lane === 'emergency' ? system : leader, { releaseId })
      await ctx.db.updateTable('delivery').set({ dueAt: clock.now() }).where('releaseId', '=', releaseId).execute()
      await work()
      return releaseId
    },
    work,
  }

  async function work() {
    while ((await workLedger(ctx)) > 0);
  }
}

export type ProgrammeStage = Awaited<ReturnType<typeof openProgrammeStage>>

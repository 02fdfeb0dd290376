import { loudspeakerSender } from '../../../channels/loudspeaker/loudspeaker-sender.ts'
import { factsCounted, questionOf } from '../../../core/figure/index.ts'
import type { Db, Id } from '../../../core/kernel/index.ts'
import {
  addRendition,
  messageById,
  recordRendition,
  renditionsOf,
  signRendition,
  startMessage,
} from '../../../core/message/index.ts'
import { followHandedStations } from '../../../core/programme/index.ts'
import { pressRelease, proposeRelease, sendWith, workLedger } from '../../../core/release/index.ts'
import { decideReview, submitMessage } from '../../../core/review/index.ts'
import { askSpeech, makeSpeech, makeSpeechWith, speechMaker as chosenMaker } from '../../../core/speech/index.ts'
import { networkPolicy } from '../../../platform/http/index.ts'
import { STANDARD_PROFILE } from '../../../platform/sounds/sound-profile.ts'
import { buildWav } from '../../../platform/sounds/wav.build.ts'
import { openVoices, speechMaker } from '../../../platform/speech/index.ts'
import { listenTo } from '../../../app/listening.build.ts'
import { takeRecording } from '../../../app/recordings.ts'
import type { ReleaseStage } from '../../../app/release.build.ts'

/** Lets machines speak, and loudspeakers be released to. */
export function speakAloud(): void {
  sendWith(loudspeakerSender)
  followHandedStations()
  const voices = openVoices({ url: null, header: null, modelFolder: null, accents: ['north'] }, networkPolicy())
  makeSpeechWith(speechMaker({ voices, standIn: null, profile: () => STANDARD_PROFILE }))
}

/** Words that a machine says in Vietnamese and a person, far from the microphone, in Mông; heard and approved. */
export async function approvedInTwo({ ctx, system, writer, leader, bodyOf }: ReleaseStage): Promise<Id<'message'>> {
  const words = { title: 'Cảnh giác', lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
  const organisationId = bodyOf('SVHTTDL-LC-2025')
  const messageId = await startMessage(writer, { ...words, kind: 'notice', workingTitle: 'Cảnh giác', organisationId })
  const vi = await addRendition(writer, { messageId, channel: 'loudspeaker', language: 'vi' })
  const speech = { voice: 'built_in', accent: 'north' as const, speed: 1, chime: true }
  const speechId = await askSpeech(writer, { renditionId: vi, basedOn: 1, ...speech })
  await makeSpeech(system, chosenMaker(), speechId)
  const hmn = await addRendition(writer, { messageId, channel: 'loudspeaker', language: 'hmn' })
  const sound = await takeRecording(ctx, voice(9, 0.02), { from: '', to: '', level: true, trim: true })
  const basedOn = await recordRendition(writer, { renditionId: hmn, basedOn: 1, ...sound })
  await signRendition(writer, { renditionId: hmn, basedOn, speaker: 'Giàng Seo Pao', backTranslation: 'Gọi 111.' })
  await submitMessage(writer, { messageId })
  for (const { current } of await renditionsOf(ctx.db, messageId)) {
    const { sha256, seconds } = current.recording!
    await listenTo(leader, { messageId, sha256, seconds })
  }
  const { contentHash } = (await messageById(ctx.db, messageId))!
  await decideReview(leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  return messageId
}

/** Proposed by one, pressed by another, and carried out: for a day, by priority. */
export async function releasedForADay(
  stage: ReleaseStage,
  messageId: Id<'message'>,
  endsAt: Date,
): Promise<Id<'release'>> {
  const { clock } = stage.ctx
  const releaseId = await proposeRelease(stage.writer, {
    messageId,
    channels: ['loudspeaker'],
    startsAt: clock.now(),
    endsAt,
    lane: 'priority',
    laneReason: 'Đang có lừa đảo',
    words: 'Đọc trên loa',
  })
  await pressRelease(stage.leader, { releaseId })
  await stage.ctx.db.updateTable('delivery').set({ dueAt: clock.now() }).where('releaseId', '=', releaseId).execute()
  while ((await workLedger(stage.ctx)) > 0);
  return releaseId
}

/** Somebody speaks, syllable by syllable, as loud as given at the loudest. */
function voice(seconds: number, high: number): Uint8Array {
  const rate = 16_000
  const wave = Float32Array.from({ length: seconds * rate }, (_, at) => {
    const swell = 0.55 + 0.45 * Math.sin((2 * Math.PI * 3 * at) / rate)
    return high * swell * Math.sin((2 * Math.PI * 220 * at) / rate)
  })
  return new Uint8Array(buildWav(wave, rate))
}

/** What counts in December, by grade. */
export async function factsOf(db: Db): Promise<Record<string, string>> {
  const question = questionOf({ from: '2026-12-01', to: '2026-12-31', mapDay: '2026-12-01', by: 'channel' })
  const lines = await factsCounted(db, question, null, 1_000)
  const sums = new Map<string, Map<string, bigint>>()
  for (const { indicator, grade, value } of lines) {
    const grades = sums.get(indicator) ?? new Map<string, bigint>()
    sums.set(indicator, grades.set(grade, (grades.get(grade) ?? 0n) + value))
  }
  return Object.fromEntries(
    [...sums].map(([indicator, grades]) => [indicator, [...grades].map(([grade, n]) => `${n} ${grade}`).join(', ')]),
  )
}

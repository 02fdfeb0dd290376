import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addRendition, messageById, recordRendition, signRendition, startMessage } from '../core/message/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  approvalOf,
  beginListening,
  decideReview,
  noteListening,
  recordingsToHear,
  reviewsOf,
  submitMessage,
  whyNotHeard,
} from '../core/review/index.ts'
import { openReleaseStage, type ReleaseStage } from './release.build.ts'

let stage: ReleaseStage
let now = new Date('2026-11-24T08:00:00+07:00')
const clock = { now: () => now }
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000))

beforeAll(async () => {
  stage = await openReleaseStage(clock, [])
})
afterAll(() => stage.database.close())

let messageId: Id<'message'>
let contentHash: string
let sha256: string
let leader: Ctx
let writer: Ctx

beforeEach(async () => {
  ;({ leader, writer } = stage)
  const words = { title: 'Cảnh giác', lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
  const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
  messageId = await startMessage(writer, { ...words, kind: 'notice', workingTitle: 'Nghe', organisationId })
  const renditionId = await addRendition(writer, { messageId, channel: 'loudspeaker', language: 'hmn' })
  sha256 = await stage.ctx.files.put(Buffer.from(`sound ${messageId}`))
  const basedOn = await recordRendition(writer, {
    renditionId,
    basedOn: 1,
    sha256,
    seconds: 40,
    loudness: -16,
    peak: -2,
  })
  await signRendition(writer, { renditionId, basedOn, speaker: 'Giàng Seo Pao', backTranslation: 'Gọi 111.' })
  await submitMessage(writer, { messageId })
  contentHash = (await messageById(stage.ctx.db, messageId))!.contentHash
})

const decide = (verdict: 'approve' | 'return') =>
  decideReview(leader, { messageId, step: 'lead', verdict, contentHash, note: 'Đã nghe' })
const listen = (kind: 'played' | 'declared' = 'played') => noteListening(leader, { messageId, sha256, kind })
const approval = async () =>
  approvalOf((await messageById(stage.ctx.db, messageId))!, await reviewsOf(stage.ctx.db, messageId))

describe('who decides on a recording', () => {
  test('approves only what they have listened to, to its end', async () => {
    await expect(decide('approve')).rejects.toMatchObject({ code: 'review.not_listened', facts: { count: 1 } })
    await expect(listen()).rejects.toMatchObject({ code: 'review.not_begun' })
    await beginListening(leader, { messageId, sha256 })
    later(15)
    await beginListening(leader, { messageId, sha256 })
    for (const kind of ['played', 'declared'] as const) {
      await expect(listen(kind)).rejects.toMatchObject({ code: 'review.too_soon', facts: { seconds: 25 } })
    }
    later(25)
    expect((await recordingsToHear(leader, messageId))[0]).toMatchObject({ heard: false, whyNotSay: null })
    await listen('declared')
    await listen('played')
    expect(await whyNotHeard(leader, messageId)).toBeNull()
    await decide('approve')
    expect(await approval()).toBe('approved')
  })

  test('returns it without having heard it', async () => {
    await decide('return')
    expect(await approval()).toBe('returned')
  })

  test('is not helped by what somebody else has heard', async () => {
    const other = stage.commune
    await beginListening(other, { messageId, sha256 })
    later(60)
    await noteListening(other, { messageId, sha256, kind: 'played' })
    await expect(decide('approve')).rejects.toMatchObject({ code: 'review.not_listened' })
  })

  test('cannot say so of a recording that the message has not', async () => {
    const wrong = { messageId, sha256: '0'.repeat(64), kind: 'played' as const }
    await expect(noteListening(leader, wrong)).rejects.toMatchObject({ code: 'message.no_recording' })
  })
})

test('what was listened to is in the table for ever', async () => {
  await beginListening(leader, { messageId, sha256 })
  const erase = stage.ctx.db.deleteFrom('listening').where('sha256', '=', sha256).execute()
  await expect(erase).rejects.toThrow(/append-only/)
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNEL_RULES } from '../channels/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  addRendition,
  composeWith,
  messageById,
  recordRendition,
  restoreRendition,
  standingOf,
  startMessage,
  useRecording,
} from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { buildWav } from '../platform/sounds/wav.build.ts'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../testing/index.ts'
import { takeRecording } from './recordings.ts'

let database: TestDatabase
let ctx: Ctx
let writer: Ctx
let department: Id<'organisation'>

beforeAll(async () => {
  composeWith(CHANNEL_RULES)
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy })
  department = (await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025'])).get('SVHTTDL-LC-2025')!
  const cast = castOf(database, { hierarchy: organisationHierarchy })
  const { id } = await cast.someone('hoa')
  const grant = { role: 'campaign_officer' as const, organisationId: department, delegationId: null }
  writer = { ...ctx, actor: person(id, [grant], 'hoa') }
})
afterAll(() => database.close())

/** A tone that pauses for breath each second, as who speaks does. */
const tone = (at: number) => (at % 16_000 < 2_400 ? 0 : Math.sin(at * 0.39))
const waveOf = (seconds: number, sample: (at: number) => number) =>
  buildWav(
    Float32Array.from({ length: seconds * 16_000 }, (_, at) => sample(at)),
    16_000,
  )
const wave = (seconds: number, high: number) => waveOf(seconds, (at) => high * tone(at))
const asIs = { from: '', to: '', level: false, trim: false }

async function heard(kind: 'notice' | 'story') {
  const messageId = await startMessage(writer, { organisationId: department, kind, workingTitle: 'Nghe' })
  const renditionId = await addRendition(writer, { messageId, channel: 'loudspeaker', language: 'hmn' })
  const now = async () => (await standingOf(ctx, (await messageById(ctx.db, messageId))!)).renditions[0]!
  return { renditionId, now, codes: async () => (await now()).findings.map(({ code }) => code) }
}

describe('a recording', () => {
  test('is kept with what was measured, says where it fails, and an older one comes back', async () => {
    const { renditionId, now, codes } = await heard('notice')
    const good = await takeRecording(ctx, wave(3, 0.2), asIs)
    await recordRendition(writer, { renditionId, basedOn: 1, ...good })
    expect(await codes()).toEqual([])
    expect((await now()).rendition.current.recording).toMatchObject({ seconds: 3, loudness: expect.closeTo(-18, 0) })
    const quiet = await takeRecording(ctx, wave(3, 0.01), asIs)
    await recordRendition(writer, { renditionId, basedOn: 2, ...quiet })
    expect(await codes()).toEqual(['recording.quiet'])
    const loud = await takeRecording(ctx, wave(3, 0.999), asIs)
    await recordRendition(writer, { renditionId, basedOn: 3, ...loud })
    expect(await codes()).toEqual(['recording.breaking'])
    await restoreRendition(writer, { renditionId, version: 2, basedOn: 4 })
    expect((await now()).rendition.current.recording?.sha256).toBe(good.sha256)
  })

  test.each([
    ['cut off at its crests', waveOf(3, (at) => Math.max(-1, Math.min(1, 4 * tone(at)))), 'recording.clipped'],
    ['drowned in noise', waveOf(3, (at) => 0.2 * tone(at) + 0.2 * Math.sin(at * at * 0.7)), 'recording.noisy'],
  ])('that is %s is used only by the decision of a named person, who says why', async (_what, bytes, code) => {
    const { renditionId, now } = await heard('notice')
    const weights = async () => (await now()).findings.map((one) => [one.code, one.weight])
    const sound = await takeRecording(ctx, bytes, { ...asIs, level: true })
    await recordRendition(writer, { renditionId, basedOn: 1, ...sound })
    expect(await weights()).toEqual([[code, 'block']])
    // What was cut off is levelled by now: cutting the kept sound does not make it clear.
    const again = await takeRecording(ctx, await ctx.files.get(sound.sha256), { ...asIs, to: '2' })
    await recordRendition(writer, { renditionId, basedOn: 2, ...again, cut: true })
    expect(await weights()).toEqual([[code, 'block']])
    await expect(useRecording(writer, { renditionId, basedOn: 3, reason: ' ' })).rejects.toThrow()
    await useRecording(writer, { renditionId, basedOn: 3, reason: 'Người kể đã mất' })
    const decided = (await now()).findings.find((one) => one.code === 'recording.decided')
    expect(await weights()).toEqual([
      [code, 'warn'],
      ['recording.decided', 'warn'],
    ])
    expect(decided?.facts).toEqual({ name: 'hoa', reason: 'Người kể đã mất' })
    await recordRendition(writer, { renditionId, basedOn: 4, ...(await takeRecording(ctx, wave(3, 0.2), asIs)) })
    expect(await weights()).toEqual([])
    await expect(useRecording(writer, { renditionId, basedOn: 5, reason: 'Cứ dùng' })).rejects.toMatchObject({
      code: 'message.recording_is_clear',
    })
  })

  test('of a survivor’s story is blocked until it is said to be another voice than theirs', async () => {
    const { renditionId, codes } = await heard('story')
    const sound = await takeRecording(ctx, wave(2, 0.2), asIs)
    await recordRendition(writer, { renditionId, basedOn: 1, ...sound })
    expect(await codes()).toContain('recording.voice_unsaid')
    await recordRendition(writer, { renditionId, basedOn: 2, ...sound, voice: 'survivor' })
    expect(await codes()).toContain('recording.voice_own')
    await recordRendition(writer, { renditionId, basedOn: 3, ...sound, voice: 'altered' })
    expect((await codes()).filter((code) => code.startsWith('recording.'))).toEqual([])
  })

  test.each([
    ['not a sound', Buffer.from('nothing at all'), asIs, 'audio.unknown'],
    ['silent', wave(2, 0), asIs, 'audio.silent'],
    ['silent and loses its silence', wave(2, 0), { ...asIs, trim: true }, 'audio.silent'],
    ['cut to nothing', wave(2, 0.2), { ...asIs, from: '5' }, 'audio.short'],
    ['cut backwards', wave(2, 0.2), { ...asIs, from: '2', to: '1,5' }, 'audio.cut'],
    ['cut at a word', wave(2, 0.2), { ...asIs, from: 'đầu' }, 'audio.cut'],
  ])('that is %s is refused', async (_what, bytes, wish, code) => {
    await expect(takeRecording(ctx, new Uint8Array(bytes), wish)).rejects.toMatchObject({ code })
  })
})

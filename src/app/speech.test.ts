import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNEL_RULES } from '../channels/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  addRendition,
  composeWith,
  editRendition,
  messageById,
  recordRendition,
  standingOf,
  startMessage,
} from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import {
  askSpeech,
  dropPronunciation,
  keepPronunciation,
  makeSpeech,
  makeSpeechWith,
  newestSpeech,
  pronunciationPage,
  speechMaker as chosenMaker,
  stopSpeech,
} from '../core/speech/index.ts'
import { networkPolicy } from '../platform/http/index.ts'
import { STANDARD_PROFILE } from '../platform/sounds/sound-profile.ts'
import { openVoices, speechMaker } from '../platform/speech/index.ts'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let ctx: Ctx
let system: Ctx
let writer: Ctx
let department: Id<'organisation'>

beforeAll(async () => {
  composeWith(CHANNEL_RULES)
  const voices = openVoices(
    { url: 'http://127.0.0.1:9/say', header: null, modelFolder: null, accents: ['north'] },
    networkPolicy(),
  ).toReversed()
  makeSpeechWith(speechMaker({ voices, standIn: null, profile: () => STANDARD_PROFILE }))
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy })
  system = { ...ctx, actor: { kind: 'system', name: 'test' } }
  department = (await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025'])).get('SVHTTDL-LC-2025')!
  const { id } = await castOf(database, { hierarchy: organisationHierarchy }).someone('hoa')
  const grant = { role: 'campaign_officer' as const, organisationId: department, delegationId: null }
  writer = { ...ctx, actor: person(id, [grant], 'hoa') }
})
afterAll(() => database.close())

async function loudspeaker(body = 'Hỏi xã trước khi đi.', language = 'vi') {
  const words = { title: 'Cảnh giác', lead: '', body, callToAction: 'Hãy gọi {{111}}.' }
  const messageId = await startMessage(writer, {
    ...words,
    organisationId: department,
    kind: 'notice',
    workingTitle: 'x',
  })
  const renditionId = await addRendition(writer, { messageId, channel: 'loudspeaker', language })
  const now = async () => (await standingOf(ctx, (await messageById(ctx.db, messageId))!)).renditions[0]!
  const codes = async () => (await now()).findings.map(({ code, weight }) => `${weight} ${code}`)
  return { messageId, renditionId, now, codes }
}

const wish = { voice: 'built_in', accent: 'north' as const, speed: 1.1, chime: true }

describe('a machine voice', () => {
  test('says the words of a rendition, becomes its recording, and blocks when the words are others', async () => {
    const { renditionId, now, codes } = await loudspeaker()
    const speechId = await askSpeech(writer, { renditionId, basedOn: 1, ...wish })
    await expect(askSpeech(writer, { renditionId, basedOn: 1, ...wish })).rejects.toMatchObject({
      code: 'speech.under_way',
    })
    await makeSpeech(system, chosenMaker(), speechId)
    const speech = await newestSpeech(ctx.db, renditionId)
    expect(speech).toMatchObject({ state: 'done', refusedCode: null })
    expect(speech!.pieces).toBe(speech!.piecesDone)
    const { current } = (await now()).rendition
    expect(current).toMatchObject({ number: 2, composed: true })
    // Who asked for it edited last, and does not decide on it.
    expect(current.editedBy).toBe((writer.actor as { personId: string }).personId)
    expect(current.recording?.speech).toEqual({ voice: 'eSpeak NG', accent: 'north', speed: 1.1, chime: true })
    expect(await ctx.files.has(current.recording!.sha256)).toBe(true)
    expect(await codes()).toEqual([])
    await makeSpeech(system, chosenMaker(), speechId)
    expect((await now()).rendition.current.number, 'the job run twice').toBe(2)

    const fields = { script: 'Lời khác hẳn. Gọi một một một.' }
    await editRendition(writer, { renditionId, basedOn: 2, fields })
    expect(await codes()).toContain('block recording.other_words_machine')
    await makeSpeech(system, chosenMaker(), await askSpeech(writer, { renditionId, basedOn: 3, ...wish }))
    expect(await codes()).toEqual([])
  })

  test('that is a person’s only warns when the words are others', async () => {
    const { renditionId, codes } = await loudspeaker()
    const sound = { sha256: await ctx.files.put(Buffer.from('sound')), seconds: 3, loudness: -16, peak: -2 }
    await recordRendition(writer, { renditionId, basedOn: 1, ...sound })
    expect(await codes()).toEqual([])
    await editRendition(writer, { renditionId, basedOn: 2, fields: { script: 'Khác. Gọi một một một.' } })
    expect(await codes()).toContain('warn recording.other_words')
    await recordRendition(writer, { renditionId, basedOn: 3, ...sound, cut: true })
    expect(await codes(), 'cut, it says what it said').toContain('warn recording.other_words')
  })

  test('is stopped on the way, and the recording before stays', async () => {
    const { renditionId, now } = await loudspeaker('Một câu. '.repeat(30))
    const speechId = await askSpeech(writer, { renditionId, basedOn: 1, ...wish })
    const maker = chosenMaker()
    const stopping = {
      ...maker,
      make: (...[words, asked, watch]: Parameters<typeof maker.make>) =>
        maker.make(words, asked, {
          ...watch,
          async onProgress(done, pieces) {
            if (done === 4) await stopSpeech(writer, { speechId })
            await watch.onProgress(done, pieces)
          },
        }),
    }
    await makeSpeech(system, stopping, speechId)
    expect(await newestSpeech(ctx.db, renditionId)).toMatchObject({ state: 'stopped', piecesDone: 2 })
    expect((await now()).rendition.current.recording).toBeNull()
    await expect(stopSpeech(writer, { speechId })).rejects.toMatchObject({ code: 'speech.ended' })
  })

  test('that fails, or whose words were changed meanwhile, is refused with its reason', async () => {
    const { renditionId, now } = await loudspeaker()
    const failing = await askSpeech(writer, { renditionId, basedOn: 1, ...wish, voice: 'http' })
    await makeSpeech(system, chosenMaker(), failing)
    expect(await newestSpeech(ctx.db, renditionId)).toMatchObject({
      state: 'refused',
      refusedCode: 'speech.voice_unreachable',
      refusedFacts: { kind: 'private_network' },
    })
    const late = await askSpeech(writer, { renditionId, basedOn: 1, ...wish })
    await editRendition(writer, { renditionId, basedOn: 1, fields: { script: 'Đổi rồi. Gọi một một một.' } })
    await makeSpeech(system, chosenMaker(), late)
    expect(await newestSpeech(ctx.db, renditionId)).toMatchObject({ refusedCode: 'message.changed' })
    expect((await now()).rendition.current.recording).toBeNull()
  })

  test.each([
    ['in a language that it does not speak', 'hmn', 'Lời.', wish, 'speech.no_voice'],
    ['of a text of an hour', 'vi', 'Một câu dài. '.repeat(4_500), wish, 'speech.too_long'],
    ['that is none of ours', 'vi', 'Lời.', { ...wish, voice: 'khác' }, 'speech.no_such_voice'],
    [
      'in an accent that it has not',
      'vi',
      'Lời.',
      { ...wish, voice: 'http', accent: 'south' as const },
      'speech.no_accent',
    ],
    ['too fast', 'vi', 'Lời.', { ...wish, speed: 3 }, 'input.invalid'],
  ])('is not asked for %s', async (_what, language, body, given, code) => {
    const { renditionId } = await loudspeaker(body, language)
    await expect(askSpeech(writer, { renditionId, basedOn: 1, ...given })).rejects.toMatchObject({ code })
  })
})

test('the dictionary is kept, corrected, read page by page in the order of Vietnamese, and dropped', async () => {
  for (const word of ['UNESCO', 'ăn', 'Đắk', 'Yên', 'Ý', 'an']) {
    await keepPronunciation(writer, { word, reading: `đọc ${word}` })
  }
  await keepPronunciation(writer, { word: 'UNESCO', reading: 'u-nét-xcô' })
  const first = await pronunciationPage(ctx.db, null, 4)
  const rest = await pronunciationPage(ctx.db, first.at(-1)!, 4)
  expect([...first, ...rest].map(({ word }) => word)).toEqual(['an', 'ăn', 'Đắk', 'UNESCO', 'Ý', 'Yên'])
  expect(first.at(-1)?.reading).toBe('u-nét-xcô')
  await dropPronunciation(writer, { pronunciationId: first[0]!.id })
  expect(await pronunciationPage(ctx.db, null, 10)).toHaveLength(5)
  const nobody = { ...ctx, actor: { kind: 'nobody' as const } }
  await expect(keepPronunciation(nobody, { word: 'a', reading: 'b' })).rejects.toMatchObject({ code: 'access.sign_in' })
})

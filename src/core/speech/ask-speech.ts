import * as v from 'valibot'
import { secondsToSpeak, VOICES } from '../channel/index.ts'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import {
  ACCENTS,
  mayWriteRendition,
  messageById,
  OneRendition,
  renditionById,
  rulesOf,
  whyNotEdit,
  type Rendition,
} from '../message/index.ts'
import { makeSpeechJob } from './speech.jobs.ts'
import { speechMaker } from './speech-maker.ts'
import { endSpeech, insertSpeech, speechById } from './speech.store.ts'
import { FASTEST, LONGEST_SECONDS, SLOWEST } from './speech.ts'
import { saidWords } from './said-words.ts'
import { wordsOf } from './words-of.ts'

/** The language that the voices speak. */
const SPOKEN_LANGUAGE = 'vi'

/** Has the words of a rendition said by a machine voice, in the background; what comes of it becomes its recording. */
export const askSpeech = action('speech.ask', {
  input: v.object({
    ...OneRendition.entries,
    basedOn: v.number(),
    voice: v.optional(v.string(), ''),
    accent: v.picklist(ACCENTS),
    speed: v.pipe(v.number(), v.minValue(SLOWEST), v.maxValue(FASTEST)),
    chime: v.boolean(),
  }),
  may: mayWriteRendition,
  records: ({ renditionId, accent, speed }) => ({
    subject: 'rendition',
    subjectId: renditionId,
    facts: { accent, speed },
  }),
  async run(ctx, { renditionId, basedOn, voice, ...wish }) {
    const rendition = await renditionById(ctx.db, renditionId)
    if (!rendition) throw new Refusal('message.no_rendition')
    if (rendition.current.number !== basedOn) throw new Refusal('message.changed')
    refuseIf(await whyNotSpeak(ctx, rendition))
    const chosen = speechMaker()
      .voices()
      .find(({ key }, at) => key === voice || (voice === '' && at === 0))
    if (!chosen) throw new Refusal('speech.no_such_voice', {}, 'voice')
    if (!chosen.accents.includes(wish.accent)) throw new Refusal('speech.no_accent', { voice: chosen.name }, 'accent')
    const id = newId<'speech'>()
    const askedBy = actingPerson(ctx)
    const asked = { id, renditionId, version: basedOn, voice: chosen.key, ...wish, askedBy, askedAt: ctx.clock.now() }
    if (!(await insertSpeech(ctx.db, asked))) throw new Refusal('speech.under_way')
    await ctx.jobs.add(ctx.db, makeSpeechJob, { speechId: id })
    return id
  },
})

/** Why no machine can say these words, whoever asks; null when one can. */
export async function whyNotSpeak(ctx: Ctx, rendition: Rendition): Promise<Refusal | null> {
  const message = await messageById(ctx.db, rendition.messageId)
  if (!message) return new Refusal('message.not_found')
  if (!rulesOf(rendition.channel).heard) return new Refusal('speech.not_heard')
  if (rendition.language !== SPOKEN_LANGUAGE) return new Refusal('speech.no_voice')
  const words = wordsOf(rendition)
  if (words.trim() === '') return new Refusal('speech.no_words')
  const seconds = Math.max(...VOICES.map((pace) => secondsToSpeak(saidWords(words, []), pace)))
  if (seconds > LONGEST_SECONDS) return new Refusal('speech.too_long', { minutes: LONGEST_SECONDS / 60 })
  return whyNotEdit(message)
}

/** Stops one that is under way; the recording before stays. */
export const stopSpeech = action('speech.stop', {
  input: v.object({ speechId: idOf<'speech'>() }),
  may: {
    who: 'roles' as const,
    roles: mayWriteRendition.roles,
    within: async (ctx: Ctx, { speechId }: { readonly speechId: Id<'speech'> }) => {
      const speech = await speechById(ctx.db, speechId)
      return speech && mayWriteRendition.within(ctx, speech)
    },
  },
  records: ({ speechId }) => ({ subject: 'speech', subjectId: speechId, facts: {} }),
  async run(ctx, { speechId }) {
    const stopped = await endSpeech(ctx.db, speechId, { state: 'stopped', endedAt: ctx.clock.now() })
    if (!stopped) throw new Refusal('speech.ended')
  },
})

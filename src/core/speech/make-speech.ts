import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { recordSpeech, renditionById } from '../message/index.ts'
import { wordsOf } from './words-of.ts'
import { pronunciationsOf } from './pronunciation.store.ts'
import { saidWords } from './said-words.ts'
import type { MadeSpeech, SpeechMaker } from './speech-maker.ts'
import { endSpeech, noteProgress, speechById } from './speech.store.ts'
import type { Speech } from './speech.ts'

/**
 * Has the words said and puts the sound in the place of the recording before. What cannot be made leaves it `refused` with
 * the reason. Safe to run twice: what has ended is left as it is. Whether somebody stopped it is asked after each piece.
 */
export async function makeSpeech(ctx: Ctx, maker: SpeechMaker, speechId: Id<'speech'>): Promise<void> {
  const speech = await speechById(ctx.db, speechId)
  if (!speech || !(await noteProgress(ctx.db, speechId, 0, null))) return
  const stop = new AbortController()
  try {
    const made = await maker.make(await wordsToSay(ctx, speech), speech, {
      signal: stop.signal,
      async onProgress(done, pieces) {
        if (!(await noteProgress(ctx.db, speechId, done, pieces))) stop.abort()
      },
    })
    if (stop.signal.aborted) return
    await recordMade(ctx, { speechId, sha256: await ctx.files.put(made.bytes), made })
  } catch (thrown) {
    if (stop.signal.aborted) return
    const refusal = thrown instanceof Refusal ? thrown : new Refusal('speech.tired')
    await refuseSpeech(ctx, { speechId, code: refusal.code, facts: { ...refusal.facts } })
    // A fault of ours is told to the operator; the person who asked sees that nothing came of it, and asks again.
    if (refusal !== thrown) throw thrown
  }
}

async function wordsToSay(ctx: Ctx, { renditionId, version, accent }: Speech): Promise<string> {
  const rendition = await renditionById(ctx.db, renditionId)
  if (rendition?.current.number !== version) throw new Refusal('message.changed')
  return saidWords(wordsOf(rendition), await pronunciationsOf(ctx.db, rendition.language), accent)
}

const recordMade = action('speech.record_made', {
  input: v.object({
    speechId: idOf<'speech'>(),
    sha256: v.string(),
    made: v.custom<MadeSpeech>((made) => typeof made === 'object'),
  }),
  may: { who: 'system' },
  records: ({ speechId, made }, recorded: boolean) =>
    recorded ? { subject: 'speech', subjectId: speechId, facts: { voice: made.speech.voice } } : null,
  async run(ctx, { speechId, sha256, made }) {
    const speech = await speechById(ctx.db, speechId)
    // Another run of the job, or somebody who stopped it, was first.
    if (!speech || !(await endSpeech(ctx.db, speechId, { state: 'done', endedAt: ctx.clock.now() }))) return false
    const { renditionId, version: basedOn, askedBy } = speech
    const { seconds, loudness, peak } = made
    await recordSpeech(ctx, { renditionId, basedOn, askedBy, sha256, seconds, loudness, peak, speech: made.speech })
    return true
  },
})

const refuseSpeech = action('speech.refuse', {
  input: v.object({
    speechId: idOf<'speech'>(),
    code: v.string(),
    facts: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
  may: { who: 'system' },
  records: ({ speechId, code }) => ({ subject: 'speech', subjectId: speechId, facts: { code } }),
  async run(ctx, { speechId, code, facts }) {
    const endedAt = ctx.clock.now()
    await endSpeech(ctx.db, speechId, { state: 'refused', endedAt, refusedCode: code, refusedFacts: facts })
  },
})

import * as v from 'valibot'
import { action, idOf, Refusal } from '../kernel/index.ts'
import { contentHash } from './content-hash.ts'
import { mayWriteRendition, OneRendition, renditionToChange, saveVersion } from './keep-rendition.ts'
import { ACCENTS, VOICES } from './rendition.ts'

const Sound = v.object({
  ...OneRendition.entries,
  basedOn: v.number(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  seconds: v.pipe(v.number(), v.minValue(0.5), v.maxValue(1_800)),
  /** LUFS and dBTP, as the machine measured them. */
  loudness: v.number(),
  peak: v.number(),
  /** As measured before anything was done to it; a machine voice needs none. */
  clipped: v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), null),
  overNoise: v.nullish(v.number(), null),
})
type Sound = v.InferOutput<typeof Sound>

const about = ({ renditionId, sha256 }: Sound) => ({
  subject: 'rendition',
  subjectId: renditionId,
  facts: { recording: sha256 },
})

/** Puts a recording in the place of the one before, or the first one: a new version that nobody has signed yet. */
export const recordRendition = action('message.record_rendition', {
  input: v.object({
    ...Sound.entries,
    voice: v.nullish(v.picklist(VOICES), null),
    /** It is the sound before, cut: it says what that one said, in the voice of that one. */
    cut: v.optional(v.boolean(), false),
  }),
  may: mayWriteRendition,
  records: about,
  async run(ctx, { voice, cut, renditionId, basedOn, ...sound }) {
    const { message, rendition } = await renditionToChange(ctx, { renditionId, basedOn })
    if (!(await ctx.files.has(sound.sha256))) throw new Refusal('message.no_recording')
    const { fields, recording: before } = rendition.current
    const said =
      cut && before ? { words: before.words, speech: before.speech } : { words: contentHash(fields), speech: null }
    // What was cut off once stays so, however it was levelled since.
    const clipped = cut && before ? Math.max(before.clipped ?? 0, sound.clipped ?? 0) : sound.clipped
    const recording = { ...sound, clipped, voice, ...said, decision: null }
    return saveVersion(ctx, message, rendition, { recording, composed: false })
  },
})

/** As `recordRendition`, of the words as they stand, by a machine voice that a person asked for. */
export const recordSpeech = action('message.record_speech', {
  input: v.object({
    ...Sound.entries,
    speech: v.object({
      voice: v.pipe(v.string(), v.minLength(1)),
      accent: v.picklist(ACCENTS),
      speed: v.number(),
      chime: v.boolean(),
    }),
    askedBy: v.nullable(idOf<'person'>()),
  }),
  may: { who: 'system' },
  records: about,
  async run(ctx, { speech, askedBy, renditionId, basedOn, ...sound }) {
    const { message, rendition } = await renditionToChange(ctx, { renditionId, basedOn })
    const words = contentHash(rendition.current.fields)
    const voice = message.kind === 'story' ? ('reader' as const) : null
    const recording = { ...sound, voice, words, speech, decision: null }
    // Who asked for it is who edited it last, and does not decide on it.
    return saveVersion(ctx, message, rendition, { recording, editedBy: askedBy })
  },
})

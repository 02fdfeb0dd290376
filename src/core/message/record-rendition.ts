import * as v from 'valibot'
import { action, Refusal } from '../kernel/index.ts'
import { mayWriteRendition, OneRendition, renditionToChange, saveVersion } from './keep-rendition.ts'
import { VOICES } from './rendition.ts'

/** Puts a recording in the place of the one before, or the first one: a new version that nobody has signed yet. */
export const recordRendition = action('message.record_rendition', {
  input: v.object({
    ...OneRendition.entries,
    basedOn: v.number(),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    seconds: v.pipe(v.number(), v.minValue(0.5), v.maxValue(1_800)),
    /** LUFS and dBTP, as the machine measured them. */
    loudness: v.number(),
    peak: v.number(),
    voice: v.nullish(v.picklist(VOICES), null),
  }),
  may: mayWriteRendition,
  records: ({ renditionId, sha256 }) => ({
    subject: 'rendition',
    subjectId: renditionId,
    facts: { recording: sha256 },
  }),
  async run(ctx, { sha256, seconds, loudness, peak, voice, ...which }) {
    const { message, rendition } = await renditionToChange(ctx, which)
    if (!(await ctx.files.has(sha256))) throw new Refusal('message.no_recording')
    const recording = { sha256, seconds, loudness, peak, voice }
    return saveVersion(ctx, message, rendition, { recording, composed: false })
  },
})

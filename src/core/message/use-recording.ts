import * as v from 'valibot'
import { namesOfPeople } from '../identity/index.ts'
import { actingPerson, action, Refusal } from '../kernel/index.ts'
import { needsDecision } from './check-recording.ts'
import { mayWriteRendition, OneRendition, renditionToChange, saveVersion } from './keep-rendition.ts'

/** A person decides that a recording is used though it is hard to understand, and says why: there is no better one. */
export const useRecording = action('message.use_recording', {
  input: v.object({
    ...OneRendition.entries,
    basedOn: v.number(),
    reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
  }),
  may: mayWriteRendition,
  records: ({ renditionId, reason }) => ({ subject: 'rendition', subjectId: renditionId, facts: { reason } }),
  async run(ctx, { reason, ...which }) {
    const { message, rendition } = await renditionToChange(ctx, which)
    const { recording } = rendition.current
    if (!recording || !needsDecision(recording)) throw new Refusal('message.recording_is_clear')
    const by = actingPerson(ctx)
    if (!by) throw new Refusal('access.sign_in')
    const name = (await namesOfPeople(ctx.db, [by])).get(by) ?? ''
    const decision = { by, name, at: ctx.clock.now().toISOString(), reason }
    return saveVersion(ctx, message, rendition, { recording: { ...recording, decision }, composed: false })
  },
})

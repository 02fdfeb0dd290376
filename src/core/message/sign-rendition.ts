import * as v from 'valibot'
import { actingPerson, action, Refusal } from '../kernel/index.ts'
import { mayWriteRendition, OneRendition, renditionToChange } from './keep-rendition.ts'
import { insertSignature } from './rendition.store.ts'

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most))

/** A native speaker answers for a translation: by name, and with what it says back in the language of the master. */
export const signRendition = action('message.sign_rendition', {
  input: v.object({
    ...OneRendition.entries,
    basedOn: v.number(),
    speaker: words(200),
    backTranslation: words(20_000),
  }),
  may: mayWriteRendition,
  records: ({ renditionId, basedOn }) => ({
    subject: 'rendition',
    subjectId: renditionId,
    facts: { version: basedOn },
  }),
  async run(ctx, { speaker, backTranslation, ...which }) {
    const { message, rendition } = await renditionToChange(ctx, which)
    const signedBy = actingPerson(ctx)
    if (!signedBy) throw new Refusal('access.sign_in')
    if (rendition.language === message.language) throw new Refusal('message.not_a_translation')
    const signature = { signedBy, signedAt: ctx.clock.now(), speaker, backTranslation }
    await insertSignature(ctx.db, rendition.id, rendition.current.number, signature)
    return rendition.id
  },
})

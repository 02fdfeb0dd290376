import { dayAt, whyNotSee } from '#core/kernel/index.ts'
import { templates } from '#core/report/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { TEMPLATE_KEEPERS } from './template-form.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = whyNotSee(ctx, TEMPLATE_KEEPERS)
  const found = await templates(ctx.db, dayAt(ctx.clock.now()))
  return {
    templates: found.map(({ code, name, kind }) => ({ code, name, kind })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

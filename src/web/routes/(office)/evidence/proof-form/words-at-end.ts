import type { Words } from '#app/wording/words.ts'
import { readCatalogue } from '#core/evidence/index.ts'
import type { Ctx } from '#core/kernel/index.ts'

/** What the task says that is set for what was put up to come down; `''` where nothing was. */
export async function wordsAtEnd(
  ctx: Ctx,
  w: Words,
  { kind, spot }: { readonly kind: string; readonly spot: string },
): Promise<string> {
  const found = (await readCatalogue(ctx.db)).kinds.find(({ code }) => code === kind)
  if (!found || found.staysDays === null) return ''
  return w('evidence_come_down', { name: found.name, spot: spot || '–', days: found.staysDays })
}

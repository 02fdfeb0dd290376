import type { Words } from '#app/wording/words.ts'
import { readCatalogue } from '#core/evidence/index.ts'
import type { Ctx } from '#core/kernel/index.ts'

/** By kind of activity that puts something up: what the task says that is set for it to come down. */
export async function wordsAtEnd(ctx: Ctx, w: Words): Promise<Record<string, string>> {
  const { kinds } = await readCatalogue(ctx.db)
  return Object.fromEntries(
    kinds.flatMap(({ code, name, staysDays }) =>
      staysDays === null ? [] : [[code, w('evidence_come_down', { name, days: staysDays })]],
    ),
  )
}

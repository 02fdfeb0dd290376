import { carrierRequestOf, carriersOf } from '#core/carrier/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { manualRowsOf, type Release } from '#core/release/index.ts'

/** Which papers there are of a release: sheets to print for people, and the dossier for the carriers. */
export async function papersOf(ctx: Ctx, release: Release) {
  if (release.state !== 'released') return { sheets: false, carriers: false, dossier: null }
  const manual = await manualRowsOf(ctx.db, release.id, { channel: null, taskId: null }, 1)
  const carriers = release.kind === 'recall' ? [] : await carriersOf(ctx, release.id)
  const dossier = carriers.length > 0 ? await carrierRequestOf(ctx.db, release.id) : null
  return { sheets: manual.length > 0, carriers: carriers.length > 0, dossier: dossier?.id ?? null }
}

import { carrierRequestOf, carriersOf } from '#core/carrier/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { manualRowsOf, type Release } from '#core/release/index.ts'

/** What more there is of a release: sheets to print for people, the dossier for the carriers, its plays at stations. */
export async function papersOf(ctx: Ctx, release: Release) {
  if (release.state !== 'released') return { sheets: false, carriers: false, dossier: null, programme: false }
  const manual = await manualRowsOf(ctx.db, release.id, { channel: null, taskId: null }, 1)
  const carriers = release.kind === 'recall' ? [] : await carriersOf(ctx, release.id)
  const dossier = carriers.length > 0 ? await carrierRequestOf(ctx.db, release.id) : null
  const programme = release.kind !== 'recall' && release.channels.includes('loudspeaker')
  return { sheets: manual.length > 0, carriers: carriers.length > 0, dossier: dossier?.id ?? null, programme }
}

import { createHash } from 'node:crypto'

/** One thing that may be drawn, with the body whose it is. */
export interface Lot {
  readonly id: string
  readonly organisationId: string
}

/**
 * Draws of each body the same share of what it sent, by a seed: whoever has the seed and the lots draws the same again,
 * in any order of the lots. What a share leaves over of a whole number is drawn as well: of three things and a share of
 * a tenth, one comes out in three draws of ten. So each thing has the same chance, `share`, whosever it is.
 */
export function drawSample(lots: readonly Lot[], share: number, seed: string): string[] {
  const drawn: string[] = []
  const bodies = [...Map.groupBy(lots, ({ organisationId }) => organisationId)]
  for (const [body, own] of bodies.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const wanted = own.length * share
    const left = wanted - Math.floor(wanted)
    const count = Math.floor(wanted) + (chanceOf(seed, `body:${body}`) < left ? 1 : 0)
    const mixed = own
      .map(({ id }) => ({ id, at: chanceOf(seed, `lot:${id}`) }))
      .toSorted((one, other) => one.at - other.at)
    drawn.push(...mixed.slice(0, count).map(({ id }) => id))
  }
  return drawn
}

/** What was in the urn, in one line: kept with a draw, so that another urn cannot be passed off as the same. */
export function poolHash(lots: readonly Lot[]): string {
  const lines = lots.map(({ id, organisationId }) => `${organisationId}:${id}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

/** From 0 to below 1, the same for the same seed and name: the first 48 bits of a hash. */
function chanceOf(seed: string, name: string): number {
  return createHash('sha256').update(`${seed}:${name}`).digest().readUIntBE(0, 6) / 2 ** 48
}

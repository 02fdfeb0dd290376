import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Id } from '../kernel/index.ts'
import type { OpenRelease } from './release.ts'
import { shareOut } from './share-out.ts'

const START = Date.parse('2026-11-24T02:00:00Z')

/** Releases that have rows due by one channel: of few owners, in few lanes, in the order in which they have waited. */
const openOnes = fc.array(fc.record({ owner: fc.integer({ min: 0, max: 5 }), lane: fc.integer({ min: 0, max: 2 }) }), {
  minLength: 1,
  maxLength: 40,
})
const asOpen = (given: readonly { readonly owner: number; readonly lane: number }[]): OpenRelease[] =>
  given.map(({ owner, lane }, at) => ({
    releaseId: `release-${at}` as Id<'release'>,
    ofReleaseId: null,
    organisationId: `owner-${owner}` as Id<'organisation'>,
    channel: 'portal',
    lane,
    way: at,
    dueAt: new Date(START + at * 1_000),
  }))

describe('a batch is shared out', () => {
  test('without losing a row: as many as there are, none doubled, the most urgent lane alone', () => {
    fc.assert(
      fc.property(openOnes, fc.integer({ min: 1, max: 60 }), fc.nat(20), (given, rows, turn) => {
        const open = asOpen(given)
        const quotas = shareOut(open, rows, turn)
        const urgent = Math.min(...open.map(({ lane }) => lane))
        expect(quotas.every((quota) => quota.lane === urgent && quota.rows >= 1)).toBe(true)
        expect(new Set(quotas.map(({ releaseId }) => releaseId)).size).toBe(quotas.length)
        expect(quotas.reduce((sum, quota) => sum + quota.rows, 0)).toBe(rows)
      }),
    )
  })

  test('so that no organisation takes more than half of it while another waits', () => {
    fc.assert(
      fc.property(openOnes, fc.integer({ min: 2, max: 60 }), fc.nat(20), (given, rows, turn) => {
        const open = asOpen(given)
        const taken = rowsByOwner(open, shareOut(open, rows, turn))
        const owners = waitingOwners(open)
        if (owners.size === 1) return
        expect(Math.max(...taken.values())).toBeLessThanOrEqual(Math.ceil(rows / 2))
        if (owners.size <= rows) expect(taken.size).toBe(owners.size)
      }),
    )
  })

  test('by turns: who got nothing of a small batch is the next to get something', () => {
    fc.assert(
      fc.property(openOnes, fc.integer({ min: 1, max: 3 }), (given, rows) => {
        const open = asOpen(given)
        const owners = waitingOwners(open)
        const served = new Set<string>()
        for (let turn = 0; turn < owners.size; turn += 1)
          for (const owner of rowsByOwner(open, shareOut(open, rows, turn)).keys()) served.add(owner)
        expect(served).toEqual(owners)
      }),
    )
  })
})

function waitingOwners(open: readonly OpenRelease[]): Set<string> {
  const urgent = Math.min(...open.map(({ lane }) => lane))
  return new Set(open.filter(({ lane }) => lane === urgent).map(({ organisationId }) => organisationId))
}

function rowsByOwner(open: readonly OpenRelease[], quotas: ReturnType<typeof shareOut>): Map<string, number> {
  const ownerOf = new Map(open.map(({ releaseId, organisationId }) => [releaseId, organisationId]))
  const taken = new Map<string, number>()
  for (const { releaseId, rows } of quotas) {
    const owner = ownerOf.get(releaseId) ?? ''
    taken.set(owner, (taken.get(owner) ?? 0) + rows)
  }
  return taken
}

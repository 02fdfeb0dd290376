import { describe, expect, test } from 'vitest'
import { mapOn, type TreeNode } from './tree-map.ts'

const OLD = '2025-06-30'
const NEW = '2025-07-01'

function node(id: string, parentId: string | null, life: { from?: string; to?: string } = {}): TreeNode {
  const { from = null, to = null } = life
  return { id, code: id, name: id, level: 'commune', parentId, aliveFrom: from, aliveTo: to }
}

/** Two provinces become one; two communes of theirs become one, one is divided in two, one ends without a word. */
const lineage = {
  nodes: [
    node('VN', null),
    node('LC', 'VN', { to: OLD }),
    node('YB', 'VN', { to: OLD }),
    node('LC-2025', 'VN', { from: NEW }),
    node('BX-district', 'LC', { to: OLD }),
    node('Qua', 'BX-district', { to: OLD }),
    node('Vuoc', 'BX-district', { to: OLD }),
    node('BatXat', 'LC-2025', { from: NEW }),
    node('Wide', 'LC', { to: OLD }),
    node('East', 'LC-2025', { from: NEW }),
    node('West', 'LC-2025', { from: NEW }),
    node('Lost', 'YB', { to: OLD }),
    node('Hamlet', 'Qua'),
  ],
  successions: [
    ['LC', 'LC-2025'],
    ['YB', 'LC-2025'],
    ['Qua', 'BatXat'],
    ['Vuoc', 'BatXat'],
    ['Wide', 'East'],
    ['Wide', 'West'],
  ].map(([fromId = '', toId = '']) => ({ fromId, toId })),
}

describe('on the new map', () => {
  const map = mapOn(lineage, NEW)

  test('a merged commune counts in its successor', () => {
    expect(map.placed('Qua')).toEqual({ at: 'BatXat', kind: 'whole' })
    expect(map.placed('LC')).toEqual({ at: 'LC-2025', kind: 'whole' })
  })

  test('a divided commune is guessed into neither part: it stands on its own line in the province', () => {
    expect(map.placed('Wide')).toEqual({ at: 'LC-2025', kind: 'divided' })
  })

  test('what ended without a successor is told where what it hung under counts', () => {
    expect(map.placed('Lost')).toEqual({ at: 'LC-2025', kind: 'ended' })
    expect(map.placed('BX-district')).toEqual({ at: 'LC-2025', kind: 'ended' })
  })

  test('a hamlet that goes on hangs under the successor of its commune', () => {
    expect(map.pathTo('Hamlet')).toEqual(['VN', 'LC-2025', 'BatXat', 'Hamlet'])
  })
})

describe('on the old map', () => {
  const map = mapOn(lineage, OLD)

  test('a commune that was made of several is guessed into none: it stands where they all lie', () => {
    expect(map.placed('BatXat')).toEqual({ at: 'BX-district', kind: 'divided' })
    expect(map.placed('LC-2025')).toEqual({ at: 'VN', kind: 'divided' })
  })

  test('a part of a divided commune counts in what it was a part of', () => {
    expect(map.placed('East')).toEqual({ at: 'Wide', kind: 'whole' })
  })
})

test('what was divided and came together again is whole', () => {
  const again = {
    nodes: [
      ...lineage.nodes.filter(({ id }) => id !== 'East' && id !== 'West'),
      node('East', 'LC-2025', { from: NEW, to: '2026-06-30' }),
      node('West', 'LC-2025', { from: NEW, to: '2026-06-30' }),
      node('Whole', 'LC-2025', { from: '2026-07-01' }),
    ],
    successions: [...lineage.successions, { fromId: 'East', toId: 'Whole' }, { fromId: 'West', toId: 'Whole' }],
  }
  expect(mapOn(again, '2026-07-01').placed('Wide')).toEqual({ at: 'Whole', kind: 'whole' })
})

test('a circle of successors or of parents ends nowhere instead of never', () => {
  const circle = {
    nodes: [node('A', 'B', { to: OLD }), node('B', 'A', { to: OLD }), node('C', 'D'), node('D', 'C')],
    successions: [
      { fromId: 'A', toId: 'B' },
      { fromId: 'B', toId: 'A' },
    ],
  }
  const map = mapOn(circle, NEW)
  expect(map.placed('A')).toEqual({ at: null, kind: 'ended' })
  expect(map.pathTo('C')).toContain('C')
})

import { expect, test } from 'vitest'
import { coverOf, placeCoverOf } from './coverage.ts'
import type { Standing } from './standing.ts'

/** Only what coverage reads of a standing message. */
function standing(
  places: readonly string[],
  renditions: readonly (readonly [language: string, state: string])[],
): Standing {
  return {
    message: { places },
    renditions: renditions.map(([language, state]) => ({ rendition: { language }, state })),
  } as unknown as Standing
}

const everywhere = standing(
  [],
  [
    ['vi', 'ready'],
    ['hmn', 'unrecorded'],
    ['hmn', 'ready'],
  ],
)
const inBanHo = standing(
  ['ban-ho'],
  [
    ['vi', 'ready'],
    ['hmn', 'ready'],
  ],
)

test('a language is ready by its renditions', () => {
  expect(coverOf(everywhere, 'hmn')).toEqual({ all: 2, ready: 1 })
  expect(coverOf(everywhere, 'pcc')).toEqual({ all: 0, ready: 0 })
})

test.each([
  [['ban-ho', 'lao-cai'], 'vi', { meant: 2, ready: 2 }],
  [['ban-ho', 'lao-cai'], 'hmn', { meant: 2, ready: 1 }],
  [['ta-van', 'lao-cai'], 'hmn', { meant: 1, ready: 0 }],
  [['ta-van', 'lao-cai'], 'pcc', { meant: 1, ready: 0 }],
])('of what is meant for %j in %s', (path, tag, cover) => {
  expect(placeCoverOf([everywhere, inBanHo], path, tag)).toEqual(cover)
})

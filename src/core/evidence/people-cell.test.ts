import { expect, test } from 'vitest'
import type { PeoplePart } from './catalogue.ts'
import { largestSum, partsIn } from './people-cell.ts'

const PARTS = [
  ['sex', 'female', 'Nữ'],
  ['age', 'under_16', 'Dưới 16 tuổi'],
  ['age', '16_30', '16 đến 30 tuổi'],
  ['ethnic_group', 'kinh', 'Kinh'],
  ['ethnic_group', 'hmong', 'Mông'],
].map(([breakdown, code, name]) => ({ breakdown, code, name, ordinal: 1, endedOn: null }) as PeoplePart)

test.each([
  ['', []],
  ['Mông 60; Kinh 1.200', ['hmong 60', 'kinh 1200']],
  ['Kinh 1 200', ['kinh 1200']],
  ['dưới 16 tuổi 15;16 đến 30 tuổi: 7', ['under_16 15', '16_30 7']],
  ['hmong=3; nữ 2', ['hmong 3', 'female 2']],
])('the cell %j tells %j', (cell, told) => {
  expect(partsIn(cell, PARTS)?.map(({ part, value }) => `${part} ${value}`)).toEqual(told)
})

test.each(['Mông', '60', 'Người lạ 3', 'Mông 2; hmong 3', 'Mông -2', 'Mông hai'])(
  'the cell %j tells nothing',
  (cell) => {
    expect(partsIn(cell, PARTS)).toBeNull()
  },
)

test('the largest sum is that of one way of telling people apart, not of all together', () => {
  expect(largestSum(partsIn('Mông 60; Kinh 20; Nữ 70', PARTS) ?? [])).toBe(80)
  expect(largestSum([])).toBe(0)
})

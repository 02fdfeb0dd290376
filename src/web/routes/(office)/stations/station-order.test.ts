import { expect, test } from 'vitest'
import { afterOf, inOrder, STATION_ORDERS } from './station-order.ts'

const station = (code: string, placeName: string, hearing: 'all' | 'none' | 'some' | 'by_hand', faulty = 0) => ({
  ...{ code, placeName, hearing, faulty, behind: 0 },
})
const STATIONS = [
  station('A', 'Xã Ý Tý', 'all'),
  station('B', 'Xã Bản Hồ', 'by_hand'),
  station('C', 'Xã Đồng Tuyển', 'all', 1),
  station('D', 'Xã Bản Hồ', 'none'),
  station('E', 'Xã Dền Sáng', 'some'),
]
const codes = (some: readonly { readonly code: string }[]) => some.map(({ code }) => code).join('')

test.each([
  ['trouble', 'DECAB'],
  ['place', 'BDECA'],
  ['code', 'ABCDE'],
] as const)('by %s', (order, wanted) => {
  expect(codes(inOrder(STATIONS, order, ''))).toBe(wanted)
})

test('a page goes on where the one before ended, also when its last station is well again', () => {
  for (const order of STATION_ORDERS) {
    const all = inOrder(STATIONS, order, '')
    for (const [at, last] of all.entries())
      expect(codes(inOrder(STATIONS, order, afterOf(last, order)))).toBe(codes(all.slice(at + 1)))
  }
  const after = afterOf(station('D', 'Xã Bản Hồ', 'none'), 'trouble')
  const mended = STATIONS.map((one) => (one.code === 'D' ? station('D', 'Xã Bản Hồ', 'all') : one))
  expect(codes(inOrder(mended, 'trouble', after))).toBe('ECADB')
})

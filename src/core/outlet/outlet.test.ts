import { describe, expect, test } from 'vitest'
import { BARE_OUTLET_ROW, previewOutletRows, type OutletRow } from './outlet-table.ts'

describe('a table of outlets', () => {
  const ROW: OutletRow = {
    ...BARE_OUTLET_ROW,
    code: 'LOA-1',
    name: 'Cụm loa thôn 1',
    kind: 'station',
    channel: 'loudspeaker',
    means: 'manual',
    place: 'P1',
    organisation: 'UBND-1',
  }
  const ground = { places: new Set(['P1']), organisations: new Set(['UBND-1']) }
  const flaw = (change: Partial<OutletRow>) =>
    previewOutletRows([{ ...ROW, ...change }], new Map(), ground).bad.map(({ column, reason }) => [column, reason])

  test.each([
    [{ code: '' }, ['code', 'empty']],
    [{ name: '' }, ['name', 'empty']],
    [{ kind: 'loa' }, ['kind', 'kind']],
    [{ channel: 'radio' }, ['channel', 'channel']],
    [{ means: 'tay' }, ['means', 'means']],
    [{ place: 'P9' }, ['place', 'place']],
    [{ organisation: 'X' }, ['organisation', 'organisation']],
    [{ languages: 'tiếng Mông' }, ['languages', 'language']],
    [{ quiet_from: '25:00', quiet_to: '05:00' }, ['quiet_from', 'hour']],
    [{ quiet_from: '21:00' }, ['quiet_to', 'hours']],
    [{ alive_from: '30/7/2026' }, ['alive_from', 'day']],
    [{ alive_from: '2026-07-30', alive_to: '2026-07-01' }, ['alive_to', 'order']],
  ])('with %j is told where it is wrong', (change, told) => {
    expect(flaw(change)).toContainEqual(told)
  })

  test('adds, amends and leaves rows; the same table again changes nothing', () => {
    const { added, bad } = previewOutletRows([{ ...ROW, quiet_from: '5:00', quiet_to: '6:00' }], new Map(), ground)
    expect([bad, added[0]?.quiet_from]).toEqual([[], '05:00'])
    const standing = new Map([[ROW.code, ROW]])
    expect(previewOutletRows([ROW], standing, ground)).toMatchObject({ added: [], changed: [], same: 1 })
    expect(previewOutletRows([{ ...ROW, name: 'Khác' }], standing, ground).changed).toHaveLength(1)
    expect(previewOutletRows([ROW, ROW], new Map(), ground).bad).toMatchObject([{ row: 3, reason: 'twice' }])
  })
})

import { expect, test } from 'vitest'
import { compareClauses } from './compare-clauses.ts'
import type { Clause } from './reading/reading.ts'

function clause(path: string, text: string, children: readonly Clause[] = []): Clause {
  const markers = path.split('.')
  return { path: markers, marker: markers.at(-1) ?? '', heading: null, text, span: [0, 0], children }
}

const BEFORE = [
  clause('I', 'Mục đích'),
  clause('II', 'Nội dung', [
    clause('II.1', 'Treo băng rôn tại chợ và trường học trước ngày 01/7.'),
    clause('II.2', 'Phát trên loa truyền thanh ít nhất 02 lần mỗi tuần.'),
  ]),
  clause('III', 'Tổ chức thực hiện', [clause('III.1', 'Sở Y tế cử bác sĩ nói chuyện tại các thôn bản vùng cao.')]),
]

test('a plan compared with itself has changed nowhere', () => {
  expect(compareClauses(BEFORE, BEFORE)).toEqual({ same: 6, changes: [] })
})

test('a day that changed is shown within its clause, word by word', () => {
  const after = [
    BEFORE[0],
    {
      ...BEFORE[1],
      children: [
        { ...BEFORE[1]?.children[0], text: 'Treo băng rôn tại chợ và trường học trước ngày 15/8.' },
        BEFORE[1]?.children[1],
      ],
    },
    BEFORE[2],
  ] as Clause[] // clauses of BEFORE, one changed
  const { same, changes } = compareClauses(BEFORE, after)
  expect(same).toBe(5)
  expect(changes).toMatchObject([{ kind: 'changed', before: { place: 'II.1' }, after: { place: 'II.1' } }])
  const [change] = changes
  const words = change?.kind === 'changed' ? change.words : []
  expect(
    words
      .filter(({ kind }) => kind !== 'added')
      .map(({ text }) => text)
      .join(''),
  ).toBe('Treo băng rôn tại chợ và trường học trước ngày 01/7.')
  expect(
    words
      .filter(({ kind }) => kind !== 'removed')
      .map(({ text }) => text)
      .join(''),
  ).toBe('Treo băng rôn tại chợ và trường học trước ngày 15/8.')
  expect(
    words
      .filter(({ kind }) => kind === 'added')
      .map(({ text }) => text)
      .join(''),
  ).toContain('15')
})

test('a clause that moved, one that went and one that came are told apart', () => {
  const after = [
    clause('I', 'Mục đích'),
    clause('II', 'Nội dung', [clause('II.1', 'Treo băng rôn tại chợ và trường học trước ngày 01/7.')]),
    clause('III', 'Tổ chức thực hiện', [
      clause('III.1', 'Phát trên loa truyền thanh ít nhất 02 lần mỗi tuần.'),
      clause('III.2', 'Công an tỉnh cung cấp số điện thoại tiếp nhận tin báo.'),
    ]),
  ]
  const { changes } = compareClauses(BEFORE, after)
  expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['added', 'moved', 'removed'])
  expect(changes.find(({ kind }) => kind === 'moved')).toMatchObject({
    before: { place: 'II.2' },
    after: { place: 'III.1' },
  })
})

test('new numbers alone change nothing', () => {
  const renumbered = [clause('A', 'Mục đích'), ...BEFORE.slice(1)]
  expect(compareClauses(BEFORE, renumbered).changes).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { compareDuties, type Charge } from './compare-duties.ts'

function charge(organisation: string, text: string, due: string | null = null): Charge {
  return {
    organisation,
    duty: {
      clause: 'III.1',
      assignees: [],
      role: 'lead',
      mode: 'ordered',
      text,
      outputs: [],
      channels: [],
      deadline: due === null ? null : { text: due, from: null, to: due },
      rhythm: null,
      directs: [],
    },
  }
}

describe('an amended plan', () => {
  test('changes nothing where the words stay, wherever the clause stands now', () => {
    const compared = compareDuties([charge('A', 'Treo băng rôn tại chợ')], [charge('A', 'Treo  băng rôn tại chợ.')])
    expect(compared).toMatchObject({ changed: [], added: [], removed: [] })
    expect(compared.same).toHaveLength(1)
  })

  test('says which fields of a duty changed', () => {
    const before = [charge('A', 'Treo băng rôn tại các chợ phiên của xã', '2023-07-30')]
    const after = [charge('A', 'Treo băng rôn, pa nô tại các chợ phiên của xã', '2023-08-15')]
    expect(compareDuties(before, after).changed.map(({ fields }) => fields)).toEqual([['text', 'deadline']])
  })

  test('never pairs the duties of two bodies', () => {
    const compared = compareDuties([charge('A', 'Cung cấp tài liệu')], [charge('B', 'Cung cấp tài liệu')])
    expect(compared.added).toHaveLength(1)
    expect(compared.removed).toHaveLength(1)
  })

  test('issues what is new and withdraws what is gone', () => {
    const compared = compareDuties(
      [charge('A', 'Phát tờ rơi tại trường học'), charge('A', 'Báo cáo kết quả')],
      [charge('A', 'Phát tờ rơi tại trường học'), charge('A', 'Mở chuyên mục trên báo điện tử')],
    )
    expect(compared.added.map((now) => now.duty.text)).toEqual(['Mở chuyên mục trên báo điện tử'])
    expect(compared.removed.map((old) => old.duty.text)).toEqual(['Báo cáo kết quả'])
  })
})

import { describe, expect, it } from 'vitest'
import { readLines, SMALL_PROVINCE } from './duties.builder.ts'

describe('whom a duty means', () => {
  const reading = readLines(
    `Ngày 12/7/2023
III. TỔ CHỨC THỰC HIỆN
1. Sở TT&TT: Chủ trì tuyên truyền.
2. Giám đốc Công an tỉnh chỉ đạo bảo đảm trật tự.
3. Các sở, ban, ngành tỉnh xây dựng kế hoạch.
4. Đề nghị các cơ quan báo chí
- Đưa tin, bài.
5. Đề nghị UBND các huyện, thị xã, thành phố
- Chỉ đạo Phòng Văn hóa Thông tin treo băng rôn.
6. Uỷ ban nhân dân huyện Bát Xát: Rà soát địa bàn.
7. Hợp tác xã Hoa Ban: Cung cấp cờ.`,
    SMALL_PROVINCE,
  )
  const codes = reading.duties.map((duty) => duty.assignees.flatMap((one) => one.organisations))

  it('knows short names, offices of a head, groups and both ways to write a committee', () => {
    expect(codes).toEqual([
      ['stttt'],
      ['cat'],
      ['cat', 'stttt', 'syt'],
      ['blc', 'dpt'],
      ['ub-bx', 'ub-sp'],
      ['ub-bx'],
      [],
    ])
  })

  it('takes the second level for that of each district', () => {
    expect(reading.duties[4]?.directs[0]?.organisations).toEqual(['vhtt-bx', 'vhtt-sp'])
  })

  it('is less sure of a body it does not know', () => {
    expect(reading.duties[6]?.confidence).toBeLessThan(0.8)
    expect(reading.duties[0]?.confidence).toBeGreaterThanOrEqual(0.8)
  })
})

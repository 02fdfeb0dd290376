import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balanced, dayInWords, inCapitals, numberLine, symbolOf } from './head-words.ts'
import { layOut, type Line } from './lay-out.ts'
import { roman } from './numbering.ts'
import { buildPaper } from './paper.build.ts'
import type { Block } from './paper.ts'

const words = (lines: readonly Line[]) =>
  lines.map((line) => ('text' in line ? [line.number, line.text].filter(Boolean).join(' ') : 'bảng'))
const bodyOf = (body: Block[]) => words(layOut(buildPaper({ body })).body)

describe('the head', () => {
  test.each([
    ['report', 5, 'Số: 05/BC-SVHTTDL'],
    ['plan', 74, 'Số: 74/KH-SVHTTDL'],
    ['request', 107, 'Số: 107/TTr-SVHTTDL'],
    ['notice', 9, 'Số: 09/TB-SVHTTDL'],
    ['letter', 12, 'Số: 12/SVHTTDL-TTCS'],
  ] as const)('numbers a %s', (type, number, line) => {
    expect(numberLine(number, symbolOf(type, 'SVHTTDL', 'TTCS'))).toBe(line)
  })

  test.each([
    ['2020-01-05', 'ngày 05 tháng 01 năm 2020'],
    ['2019-06-29', 'ngày 29 tháng 6 năm 2019'],
    ['2026-02-10', 'ngày 10 tháng 02 năm 2026'],
    ['2026-03-09', 'ngày 09 tháng 3 năm 2026'],
    ['2026-12-01', 'ngày 01 tháng 12 năm 2026'],
  ])('writes %s with the noughts of the decree', (day, said) => {
    expect(dayInWords(day)).toBe(said)
  })

  test('leaves room for number and day while a document is a draft', () => {
    const { numberLine: line, placeAndDay } = layOut(buildPaper({ number: null, issuedOn: null }))
    expect(line).toMatch(/^Số: \u00a0+\/SVHTTDL-TTCS$/u)
    expect(placeAndDay).toMatch(/^Lào Cai, ngày \u00a0+ tháng \u00a0+ năm \u00a0+$/u)
  })

  test('parts a long name where one draws breath, and loses no word of it', () => {
    expect(balanced('SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH')).toEqual(['SỞ VĂN HÓA,', 'THỂ THAO VÀ DU LỊCH'])
    expect(balanced('ỦY BAN NHÂN DÂN TỈNH LÀO CAI')).toEqual(['ỦY BAN NHÂN DÂN', 'TỈNH LÀO CAI'])
    expect(balanced('SỞ NỘI VỤ')).toEqual(['SỞ NỘI VỤ'])
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z,]{1,12}$/), { minLength: 1 }), (parts) => {
        expect(balanced(parts.join(' ')).join(' ')).toBe(parts.join(' '))
      }),
    )
  })

  test('says of a letter what it is about, and of others their name', () => {
    const letter = layOut(buildPaper({ subject: 'Về việc đề nghị gửi tin nhắn' }))
    expect([letter.about, letter.heading]).toEqual(['V/v đề nghị gửi tin nhắn', null])
    expect(layOut(buildPaper({ subject: 'Đề nghị gửi tin nhắn' })).about).toBe('V/v đề nghị gửi tin nhắn')
    expect(layOut(buildPaper({ subject: 'Lào Cai đón Tết' })).about).toBe('V/v Lào Cai đón Tết')
    const plan = layOut(buildPaper({ type: 'plan', subject: 'Tuyên truyền năm 2026' }))
    expect(plan).toMatchObject({ about: null, heading: { name: 'KẾ HOẠCH', subject: 'Tuyên truyền năm 2026' } })
  })
})

describe('the text', () => {
  test('is numbered as parts, sections, clauses and points begin anew under each other', () => {
    const lines = bodyOf([
      { kind: 'part', text: 'Tình hình' },
      { kind: 'section', text: 'Kết quả' },
      { kind: 'heading', text: 'Chỉ đạo' },
      { kind: 'point', text: 'Một' },
      { kind: 'point', text: 'Hai' },
      { kind: 'clause', text: 'Không có tiêu đề' },
      { kind: 'point', text: 'Lại từ đầu' },
      { kind: 'section', text: 'Hạn chế' },
      { kind: 'heading', text: 'Nguyên nhân' },
      { kind: 'part', text: 'Phương hướng' },
      { kind: 'section', text: 'Nhiệm vụ' },
    ])
    expect(lines).toEqual([
      'Phần I TÌNH HÌNH',
      'I. KẾT QUẢ',
      '1. Chỉ đạo',
      'a) Một',
      'b) Hai',
      '2. Không có tiêu đề',
      'a) Lại từ đầu',
      'II. HẠN CHẾ',
      '1. Nguyên nhân',
      'Phần II PHƯƠNG HƯỚNG',
      'I. NHIỆM VỤ./.',
    ])
  })

  test('counts points by the Vietnamese alphabet: đ after d, and no f, j, w, z', () => {
    const points = bodyOf(Array.from({ length: 25 }, () => ({ kind: 'point' as const, text: 'x' })))
    expect(points.map((line) => line.split(')')[0]).join(' ')).toBe(
      'a b c d đ e g h i k l m n o p q r s t u v x y aa ab',
    )
  })

  test('ends with ./. once, whatever it ended with', () => {
    for (const text of ['Hết', 'Hết.', 'Hết./.']) expect(bodyOf([{ kind: 'paragraph', text }])).toEqual(['Hết./.'])
    const table: Block = { kind: 'table', columns: [{ title: 'A', share: 1, align: 'left' }], rows: [], total: false }
    expect(bodyOf([table])).toEqual(['bảng', './.'])
  })

  test('ends each basis with a semicolon and the last with a full stop', () => {
    const basis = (text: string): Block => ({ kind: 'basis', text })
    expect(bodyOf([basis('Căn cứ Luật A'), basis('Căn cứ Luật B.'), { kind: 'paragraph', text: 'Nay' }])).toEqual([
      'Căn cứ Luật A;',
      'Căn cứ Luật B.',
      'Nay./.',
    ])
  })

  test('keeps every letter of what was written, in Vietnamese capitals too', () => {
    const letters = 'ắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵđ'
    expect(inCapitals(letters).toLocaleLowerCase('vi')).toBe(letters)
  })
})

describe('the end', () => {
  test('names who receives: those addressed first, the archive last, always', () => {
    expect(layOut(buildPaper()).receivers).toEqual([
      '- Như trên;',
      '- Công an tỉnh (phối hợp);',
      '- Lãnh đạo Sở;',
      '- Lưu: VT, TTCS.',
    ])
    expect(layOut(buildPaper({ type: 'plan', addressees: [], receivers: [], unit: '' })).receivers).toEqual([
      '- Lưu: VT.',
    ])
  })

  test('lists several addressees with dashes, the last with a full stop', () => {
    expect(layOut(buildPaper({ addressees: ['Bộ Nội vụ', 'Bộ Tài chính'] })).addressees).toEqual([
      '- Bộ Nội vụ;',
      '- Bộ Tài chính.',
    ])
  })

  test('signs in capitals, for whom and as what', () => {
    const signature = {
      authority: [
        { prefix: 'TM.' as const, of: 'Ủy ban nhân dân' },
        { prefix: 'KT.' as const, of: 'Chủ tịch' },
      ],
      position: 'Phó Chủ tịch',
      name: 'Giàng Seo Pao',
    }
    expect(layOut(buildPaper({ signature })).signature).toEqual({
      lines: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
      other: null,
      name: 'Giàng Seo Pao',
    })
  })

  test('says another post of who signs apart from the one they sign in', () => {
    const signature = { authority: [], position: 'Trưởng ban', otherPosition: 'Giám đốc Sở', name: 'Bàn Thị Mẩy' }
    expect(layOut(buildPaper({ signature })).signature).toMatchObject({ lines: ['TRƯỞNG BAN'], other: 'GIÁM ĐỐC SỞ' })
  })

  test('numbers annexes only where there are several, and leaves number and day open in electronic ones', () => {
    const annex = { title: 'Số liệu', body: [{ kind: 'paragraph' as const, text: 'Hết.' }] }
    const one = layOut(buildPaper({ type: 'report', annexes: [annex], form: 'paper' })).annexes
    expect(one).toMatchObject([
      {
        label: 'Phụ lục',
        title: 'SỐ LIỆU',
        withWhat:
          '(Kèm theo Báo cáo số 05/BC-SVHTTDL ngày 07 tháng 02 năm 2026 của Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai)',
      },
    ])
    const two = layOut(buildPaper({ type: 'report', annexes: [annex, annex] })).annexes
    expect(two.map(({ label }) => label)).toEqual(['Phụ lục I', 'Phụ lục II'])
    expect(two[0]?.withWhat).toMatch(/số \u00a0+\/BC-SVHTTDL ngày \u00a0+ tháng/u)
  })

  test('writes Roman numbers that read back', () => {
    const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 }
    const read = (text: string) =>
      [...text].reduce((sum, letter, at) => {
        const [own = 0, next = 0] = [values[letter], values[text[at + 1] ?? '']]
        return sum + (own < next ? -own : own)
      }, 0)
    fc.assert(fc.property(fc.integer({ min: 1, max: 399 }), (number) => read(roman(number)) === number))
  })
})

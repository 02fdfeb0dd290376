import { describe, expect, it } from 'vitest'
import { clauseName } from './ground.ts'
import type { Clause, Register } from './reading.ts'
import { EXAMPLES, hasPlans, PLANS, read, textOf } from './testing.ts'

const REGISTER: Register = {
  organisations: [],
  laws: [
    {
      notation: '193/QĐ-TTg',
      title: 'Chương trình phòng, chống mua bán người',
      issuedOn: '2021-02-09',
      from: '2021-02-09',
      to: '2025-12-31',
      replacedBy: null,
    },
    {
      notation: null,
      title: 'Luật Phòng, chống mua bán người',
      issuedOn: '2011-03-29',
      from: '2012-01-01',
      to: '2025-06-30',
      replacedBy: '53/2024/QH15',
    },
  ],
  hotlines: [],
}

describe.skipIf(!hasPlans)('plan 74 of 2023 (../shared/plans absent: nothing to read)', () => {
  const reading = hasPlans ? read(textOf(`${PLANS}ke-hoach-74-kh-stttt-2023.txt`), REGISTER) : read('')

  it('has its number, day and issuer out of the sentence a portal put above it', () => {
    expect(reading.document).toMatchObject({
      type: 'Kế hoạch',
      number: '74',
      symbol: 'KH-STTTT',
      notation: '74/KH-STTTT',
      issuedOn: '2023-07-12',
      issuer: 'Sở Thông tin và Truyền thông',
    })
  })

  it('runs through 2023 with its peak in the third quarter', () => {
    expect(reading.periods).toContainEqual(
      expect.objectContaining({ kind: 'campaign', from: '2023-01-01', to: '2023-12-31' }),
    )
    expect(reading.periods).toContainEqual(
      expect.objectContaining({ kind: 'peak', from: '2023-07-01', to: '2023-09-30' }),
    )
  })

  it('has eight bullets and one paragraph as themes, the hotline line apart, and three slogans', () => {
    expect(reading.themes).toHaveLength(9)
    expect(reading.themes.every((theme) => theme.clause === 'II.1')).toBe(true)
    expect(reading.slogans).toHaveLength(3)
    expect(reading.hotlines.map(({ name, number }) => [name, number])).toEqual([
      ['Công an tỉnh Lào Cai', '0692449137'],
      ['Tổng đài điện thoại quốc gia bảo vệ trẻ em', '111'],
    ])
  })

  it('cites what it cites and says what has ended', () => {
    expect(reading.legalBases.map((basis) => basis.notation ?? basis.title)).toEqual([
      'Luật phòng chống mua bán người',
      '13-KL/TW',
      '48-CT/TW',
      '193/QĐ-TTg',
    ])
    const codes = reading.warnings.map(({ code, facts }) => [code, facts['law'] ?? ''])
    expect(codes).toContainEqual(['law.ended', '193/QĐ-TTg'])
    expect(codes).toContainEqual(['law.replaced', 'Luật phòng chống mua bán người'])
  })

  it('leaves the portal out', () => {
    const last = reading.clauses.at(-1)
    expect(reading.text.slice(0, last?.span[1])).toMatch(/mạng xã hội\.$/u)
  })
})

describe('plans of other kinds', () => {
  it('reads a health plan with 1- and a) and columns in its head', () => {
    const { document, clauses, themes, periods, slogans, hotlines } = read(textOf(`${EXAMPLES}sot-xuat-huyet-tinh.txt`))
    expect(document).toMatchObject({
      notation: '58/KH-SYT',
      issuer: 'Sở Y tế',
      place: 'Hà Lâm',
      issuedOn: '2024-04-05',
    })
    expect(document.signatory).toEqual({ authority: 'KT. GIÁM ĐỐC', position: 'PHÓ GIÁM ĐỐC', name: 'Trần Thị Minh' })
    expect(document.recipients).toHaveLength(3)
    expect(markers(clauses)).toContain('II.1.đ')
    expect(clauses.find((clause) => clause.marker === 'I')?.heading).toBe('MỤC ĐÍCH, YÊU CẦU')
    expect(themes).toHaveLength(5)
    expect(periods).toContainEqual(expect.objectContaining({ kind: 'peak', from: '2024-06-01', to: '2024-06-30' }))
    expect(slogans).toHaveLength(1)
    expect(hotlines[0]?.number).toBe('0912345678')
  })

  it('reads a commune plan without a number between portal lines', () => {
    const { document, warnings, clauses } = read(textOf(`${EXAMPLES}bau-cu-xa.txt`))
    expect(document).toMatchObject({
      number: null,
      notation: null,
      symbol: 'KH-UBND',
      issuer: 'Ủy ban nhân dân xã An Bình',
    })
    expect(warnings.map(({ code }) => code)).toContain('number.missing')
    expect(clauses.map((clause) => clause.marker)).toEqual(['', 'I', 'II', 'III', 'IV'])
    expect(document.signatory?.name).toBe('Lê Văn Hòa')
  })

  it('reads a plan of the Party in parts', () => {
    const { document, clauses } = read(textOf(`${EXAMPLES}tinh-uy-an-toan-giao-thong.txt`))
    expect(document).toMatchObject({ number: '112', symbol: 'KH/TU', notation: '112-KH/TU', issuer: 'Tỉnh ủy Hà Lâm' })
    expect(document.title).toMatch(/^thực hiện Chỉ thị/u)
    expect(markers(clauses)).toContain('Phần thứ hai.2.1')
  })
})

function markers(clauses: readonly Clause[]): string[] {
  return clauses.flatMap((clause) => [clauseName(clause.path), ...markers(clause.children)])
}

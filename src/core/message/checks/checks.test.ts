import { describe, expect, test } from 'vitest'
import type { Fact } from '../../fact/index.ts'
import { newId } from '../../kernel/index.ts'
import {
  checkEndedNames,
  checkHotline,
  checkIdentity,
  checkLinks,
  checkPastDays,
  checkReadability,
  checkStaleFacts,
  checkStigma,
} from './index.ts'

function fact(kind: Fact['kind'], code: string, name: string, value: string, rest: Partial<Fact> = {}): Fact {
  return {
    id: newId<'fact'>(),
    kind,
    code,
    name,
    value,
    issuedOn: null,
    validFrom: null,
    validTo: null,
    replacedBy: null,
    verifiedOn: '2026-11-01',
    verifiedBy: 'Hoa',
    verifyEveryDays: 365,
    source: null,
    ownerId: null,
    ...rest,
  }
}

const DAY = '2026-11-24'
const FACTS = [
  fact('hotline', '111', 'Tổng đài quốc gia', '111'),
  fact('hotline', '18001567', 'Đường dây cũ', '18001567', { validTo: '2025-06-30', replacedBy: '111' }),
  fact('hotline', 'cong-an', 'Công an tỉnh', '0692449137', { verifiedOn: null }),
  fact('law', 'luat-66', 'Luật Phòng, chống mua bán người', '66/2011/QH12', {
    issuedOn: '2011-03-29',
    validTo: '2025-06-30',
  }),
  fact('law', 'qd-193', 'Chương trình 2021 - 2025', '193/QĐ-TTg', { validTo: '2025-12-31' }),
]

describe('stale facts in plain words', () => {
  test.each([
    ['Gọi 18001567 ngay', 'stale.ended', '18001567', '111'],
    ['Gọi 1800 1567 ngay', 'stale.ended', '1800 1567', '111'],
    ['Gọi 1800.1567.', 'stale.ended', '1800.1567', '111'],
    ['theo Luật số 66/2011/QH12', 'stale.ended', '66/2011/QH12', null],
    [
      'Luật phòng, chống mua bán người năm 2011 quy định',
      'stale.ended',
      'Luật phòng, chống mua bán người năm 2011',
      null,
    ],
    ['QĐ 193 của Thủ tướng', 'stale.ended', 'QĐ 193', null],
    ['Quyết định số 193/QĐ-TTg', 'stale.ended', '193/QĐ-TTg', null],
    ['Công an: 0692.449.137', 'stale.unverified', '0692.449.137', null],
  ])('%s', (text, code, words, mend) => {
    const found = checkStaleFacts({ body: text }, FACTS, DAY)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ code, weight: code === 'stale.ended' ? 'block' : 'warn', mend })
    expect(text.slice(...(found[0]?.span ?? [0, 0]))).toContain(words)
  })

  test.each([
    'Gọi 111',
    '2.111 hộ',
    'mã 118001567',
    'Luật Phòng, chống mua bán người năm 2024',
    'Quyết định số 1930/QĐ-UBND',
  ])('%s is no stale fact', (text) => {
    expect(checkStaleFacts({ body: text }, FACTS, DAY)).toEqual([])
  })

  test('a body that is no more blocks, and warns where history is told', () => {
    const names = [
      { name: 'Sở Thông tin và Truyền thông', endedOn: '2025-06-30', successor: 'Sở Văn hóa, Thể thao và Du lịch' },
    ]
    expect(checkEndedNames({ body: 'Hỏi Sở Thông tin và Truyền thông.' }, names, DAY)).toMatchObject([
      { code: 'stale.name', weight: 'block', span: [4, 32], mend: 'Sở Văn hóa, Thể thao và Du lịch' },
    ])
    expect(checkEndedNames({ body: 'Năm 2023, Sở Thông tin và Truyền thông đã mở lớp.' }, names, DAY)).toMatchObject([
      { weight: 'warn' },
    ])
  })
})

test('a message that warns of a danger must say whom to call; a slogan need not', () => {
  expect(checkHotline('news', { body: 'Cẩn thận.' }, FACTS, DAY)).toMatchObject([
    { code: 'hotline.missing', weight: 'block' },
  ])
  expect(checkHotline('news', { body: 'Gọi 18001567.' }, FACTS, DAY)).toHaveLength(1)
  expect(checkHotline('news', { body: 'Gọi 111.' }, FACTS, DAY)).toEqual([])
  expect(checkHotline('slogan', { body: 'Tỉnh táo!' }, FACTS, DAY)).toEqual([])
})

test('words that wound are found whole, with what to say instead', () => {
  expect(checkStigma({ body: 'Các cô gái nhẹ dạ cả tin.' })).toMatchObject([
    { code: 'words.stigma', span: [11, 24], mend: 'bị lừa gạt' },
  ])
  expect(checkStigma({ body: 'người dân tộc Mông, người dân tộc thiểu số' })).toEqual([])
})

test('long sentences, many numbers and office words are told to who writes for listeners', () => {
  const long = `Trong thời gian qua ${'các cơ quan '.repeat(15)}đã làm.`
  const codes = checkReadability({ body: `${long} Có 1, 2, 3 và 4 xã. Quán triệt ngay.` }).map(({ code }) => code)
  expect(codes).toEqual(
    expect.arrayContaining(['listening.long_sentence', 'listening.many_numbers', 'listening.office_word']),
  )
  expect(checkReadability({ body: 'Đừng đi với người lạ.' })).toEqual([])
})

test('addresses are judged by their form', () => {
  const codes = (body: string) => checkLinks({ body }).map(({ code }) => code)
  expect(codes('https://laocai.gov.vn/a')).toEqual([])
  expect(codes('http://laocai.gov.vn')).toEqual(['link.not_secure'])
  expect(codes('xem https://bit.ly/x')).toEqual(['link.shortened'])
  expect(codes('http://10.0.0.1/x')).toEqual(['link.odd_host'])
  expect(codes('www.laocai.gov.vn')).toEqual(['link.no_scheme'])
})

test('a day that is over warns, the day of a cited document does not', () => {
  expect(checkPastDays({ body: 'Mời dự ngày 30/7/2025.' }, DAY)).toMatchObject([{ code: 'days.past' }])
  expect(checkPastDays({ body: 'Quyết định số 33/QĐ-TTg ngày 07/01/2026' }, DAY)).toEqual([])
  expect(checkPastDays({ body: 'Trước 31/12/2026; ngày 31/02/2027' }, DAY)).toMatchObject([{ code: 'days.none' }])
})

describe('who a person is', () => {
  const known = { hotlines: ['111', '0692449137'], pseudonym: 'Mai', places: ['Xã Bản Hồ'] }
  const codes = (body: string) => [...new Set(checkIdentity({ body }, known).map(({ code }) => code))]

  test.each([
    ['Chị Sùng Thị Mỷ kể lại', 'identity.name'],
    ['Giàng A Páo bị lừa', 'identity.name'],
    ['NGUYỄN THỊ HOA đã về nhà', 'identity.name'],
    ['em N.T.H. bị đưa đi', 'identity.initials'],
    ['cháu Mỷ mới về', 'identity.name'],
    ['số 0912 345 678', 'identity.phone'],
    ['gọi không chín một hai ba bốn năm sáu bảy tám', 'identity.phone'],
    ['CCCD 010123456789', 'identity.number'],
    ['nhà ở thôn Séo Trung Hồ', 'identity.address'],
    ['biển số 24B1-123.45', 'identity.plate'],
    ['sinh năm 2005', 'identity.birth'],
    ['học sinh lớp 9A', 'identity.school'],
    ['Cô gái người Mông 16 tuổi ở xã Bản Hồ bị lừa', 'identity.combination'],
  ])('%s', (text, code) => {
    expect(codes(text)).toContain(code)
  })

  test.each([
    'Mai kể: tôi bị lừa đi xa rồi được giúp về.',
    'Hãy gọi 111 hoặc 0692449137.',
    'Trẻ em từ 7 tuổi trở lên cần được hỏi ý kiến.',
    'Đường Trần Hưng Đạo, thành phố Lào Cai.',
    'Đồng chí Nguyễn Văn Minh, Phó Giám đốc Công an tỉnh, cho biết.',
    'Ủy ban nhân dân xã Bản Hồ mở lớp cho phụ nữ.',
  ])('%s tells nobody', (text) => {
    expect(codes(text)).toEqual([])
  })

  test('a hostile text costs no more than its length', () => {
    for (const text of ['Nguyễn '.repeat(15_000), '0 '.repeat(50_000), 'N.'.repeat(50_000), 'thôn A '.repeat(15_000)]) {
      expect(checkIdentity({ body: text }, known).length).toBeGreaterThanOrEqual(0)
    }
  })
})

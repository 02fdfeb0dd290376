import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spokenForm } from './spoken.ts'

/** Words of notices, with every tone and every letter that Vietnamese has. */
const WORDS =
  `bà con chú ý cảnh giác với thủ đoạn lừa đảo mua bán người không đưa giấy tờ tùy thân cho kẻ lạ hãy báo ngay công an
  xã khi thấy nghi ngờ trẻ em phụ nữ đồng bào dân tộc vùng cao biên giới thôn bản họp chợ phiên tuyên truyền phòng ngừa
  nghỉ lễ quốc khánh giữ gìn vệ sinh môi trường tiêm vắc xin đúng lịch học sinh đến trường an toàn đội mũ bảo hiểm sạt lở
  đất lũ quét mưa to gió giật di dời khẩn cấp trồng rừng nuôi lợn gà vịt ruộng bậc thang ngô lúa quế thảo quả hết tới từ
  ngày tháng năm giờ phút số quyết định nghị Ủy ban Mặt trận Hội Phụ nữ Đoàn Thanh niên Lào Cai Bản Hồ Y Tý Mường Khương
  khuyến khích nguyễn quyển khoẻ mạnh thuở xoè ngoằn ngoèo yêu thương gìn giữ uống ướp ăn ở ơn ưng ôm ấm ẩm ẵm ặt ửng`
    .split(/\s+/)
    .filter((word) => word !== 'Y')

/** What a reader says in other words. */
const WRITTEN = [
  ...['111', '2.155', '66,2 %', '1.234,5 ha', '0692449137', '1800 1567', '05:30', '7h30', '16h', '30/7', '02/9/2026'],
  ...[
    '193/QĐ-TTg',
    '162/2025/NĐ-CP',
    '53/2024/QH15',
    'UBND',
    'THCS',
    'BĐBP',
    'Sở TT&TT',
    'TP.',
    'HIV/AIDS',
    'COVID-19',
  ],
  ...[
    '5-10 triệu đồng',
    '20.000 đồng/kg',
    '13.256 km2',
    '50m2',
    'thế kỷ XXI',
    'Chương III',
    '24/7',
    '99/99',
    '2 lần/ngày',
  ],
  ...[
    '01/7-30/9/2023',
    'từ ngày 01/7 đến hết ngày 30/9',
    'laocai.gov.vn',
    '-5 °C',
    'H5N1',
    '> 18',
    '≥ 60',
    '2021 - 2025',
  ],
]
const MARKS = [
  ' ',
  ' ',
  ' ',
  ' ',
  ', ',
  '; ',
  ': ',
  '. ',
  '! ',
  ' – ',
  ' - ',
  '\n',
  ' (',
  ') ',
  ' “',
  '” ',
  '/',
  ' & ',
  ' + ',
]

const sentence = fc
  .array(
    fc.record({
      mark: fc.constantFrom(...MARKS),
      part: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...WORDS).map((words) => ({ words, plain: true })) },
        { weight: 1, arbitrary: fc.constantFrom(...WRITTEN).map((words) => ({ words, plain: false })) },
      ),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((parts) => ({
    // A sign between a word and a figure is written with a blank on one side at least.
    text: parts
      .map(({ mark, part }) => (part.plain ? mark : mark === '/' ? ' ' : mark) + part.words + (part.plain ? '' : ' '))
      .join(''),
    words: parts.filter(({ part }) => part.plain).map(({ part }) => part.words.toLowerCase()),
  }))

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []

test('of 10,000 generated sentences every word is said, in its order, letter by letter, and no figure is left', () => {
  fc.assert(
    fc.property(sentence, ({ text, words }) => {
      const said = spokenForm(text)
      const heard = wordsOf(said)
      let at = 0
      for (const word of words) {
        const next = heard.indexOf(word, at)
        expect(next, `“${word}” of “${text}” is lost in “${said}”`).toBeGreaterThanOrEqual(0)
        at = next + 1
      }
      expect(said).not.toMatch(/\d/)
    }),
    { numRuns: 10_000, seed: 39 },
  )
})

test('what is in spoken form stays as it is when it is said again', () => {
  fc.assert(
    fc.property(sentence, ({ text }) => {
      const said = spokenForm(text)
      expect(spokenForm(said)).toBe(said)
    }),
    { numRuns: 1_000, seed: 39 },
  )
})

test('any text at all is said without a fault, and no markup is left that a voice might obey', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(spokenForm(`${text}<speak><break time="9s"/>[[h@l@]]`)).not.toMatch(/[<>[\]{}&\d]/)
    }),
    { numRuns: 1_000, seed: 39 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNELS, readMarkup, toGsm7, type MasterText } from '../core/channel/index.ts'
import { fold } from '../core/kernel/index.ts'
import { CHANNEL_RULES } from './index.ts'

const VOWELS = 'aăâeêioôơuưy'
const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
/** All 134 letters of Vietnamese that carry a mark: 67 small, 67 large. */
const LETTERS = [...VOWELS, 'đ']
  .flatMap((letter) => [letter, ...(letter === 'đ' ? [] : TONES.map((tone) => (letter + tone).normalize('NFC')))])
  .filter((letter) => !/^[a-z]$/.test(letter))
  .flatMap((letter) => [letter, letter.toUpperCase()])

const MASTER: MasterText = {
  kind: 'news',
  language: 'vi',
  title: 'Cảnh giác “việc nhẹ, lương cao”',
  lead: 'Nhiều người bị lừa ra nước ngoài làm việc trái phép.',
  body: readMarkup(
    'Kẻ xấu thường làm quen qua mạng, hứa trả lương cao và giục đi ngay trong đêm.\n\n- Không đưa giấy tờ cho người lạ.\n- Hỏi Ủy ban nhân dân xã trước khi đi.',
  ),
  callToAction: 'Khi nghi ngờ, hãy gọi 111.',
  hotlines: [{ name: 'Tổng đài điện thoại quốc gia', number: '111' }],
  author: 'Công an tỉnh',
  validUntil: null,
}

describe.each(CHANNEL_RULES.map((rules) => [rules.key, rules] as const))('%s', (_key, rules) => {
  const composed = rules.compose(MASTER)

  test('composes every field it knows and no other, with nothing that blocks', () => {
    expect(Object.keys(composed).toSorted()).toEqual(rules.fields.map(({ name }) => name).toSorted())
    expect(rules.check(composed, 'vi').filter(({ weight }) => weight === 'block')).toEqual([])
    expect(rules.measure(composed, 'vi').length).toBeGreaterThan(0)
  })

  test('never loses the number to call', () => {
    const silent = { ...MASTER, callToAction: '' }
    for (const master of [MASTER, silent]) {
      const said = Object.values(rules.compose(master)).join(' ')
      expect(said).toContain(rules.key === 'loudspeaker' ? 'một một một' : '111')
    }
  })

  test('loses no letter of Vietnamese, and answers NFC', () => {
    expect(LETTERS).toHaveLength(134)
    const title = `Chữ ${LETTERS.slice(0, 40).join('')}`
    const words = LETTERS.join('')
    const said = Object.values(rules.compose({ ...MASTER, title, lead: words, body: readMarkup(`Lời ${words}`) })).join(
      ' ',
    )
    expect(said).toBe(said.normalize('NFC'))
    const kept = rules.key === 'sms' ? toGsm7(title) : title.slice(4)
    expect(said).toContain(kept)
  })

  test('keeps every syllable of generated sentences', () => {
    const syllable = fc.constantFrom('người', 'được', 'Nghĩa', 'ưỡn', 'Đặng', 'kẻ', 'xấu', 'mỹ', 'thuở', 'quyển')
    const sentence = fc.array(syllable, { minLength: 3, maxLength: 12 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(sentence, (title) => {
        const said = Object.values(rules.compose({ ...MASTER, title })).join(' ')
        expect(said).toContain(title)
      }),
      // Over all channels some ten thousand sentences.
      { numRuns: 560 },
    )
  })

  test('says what is missing and what is too long', () => {
    const nothing = Object.fromEntries(rules.fields.map(({ name }) => [name, '']))
    const blocked = rules.check(nothing, 'vi').filter(({ code }) => code === 'channel.empty')
    expect(blocked.map(({ field }) => field)).toEqual(
      rules.fields.filter(({ required }) => required).map(({ name }) => name),
    )
    for (const { name, most } of rules.fields) {
      if (most === null) continue
      const long = rules.check({ ...composed, [name]: 'a'.repeat(most + 1) }, 'vi')
      expect(long.find(({ code, field }) => code === 'channel.too_long' && field === name)?.span).toEqual([
        most,
        most + 1,
      ])
    }
  })
})

describe('every channel', () => {
  test('that a plan can name has rules', () => {
    expect(CHANNEL_RULES.map(({ key }) => key).toSorted()).toEqual([...CHANNELS].toSorted())
  })
})

describe('text messages', () => {
  const rules = CHANNEL_RULES.find(({ key }) => key === 'sms')!

  test('the unaccented text is the accented one letter by letter', () => {
    const { accented = '', unaccented = '' } = rules.compose({ ...MASTER, lead: LETTERS.join('') })
    expect(fold(unaccented)).toBe(fold(accented).replace(/[“”]/g, '"'))
  })

  test('a long body falls away by whole sentences; title, call and number stay', () => {
    const body = readMarkup('Một câu dài kể chuyện một người bị lừa đi xa. '.repeat(40))
    const text = rules.compose({ ...MASTER, body })
    expect(text.accented).toMatch(/^Cảnh giác .*hãy gọi 111\.$/s)
    expect(rules.measure(text, 'vi').find(({ code }) => code === 'sms_parts_accented')?.value).toBeLessThanOrEqual(3)
  })

  test('a letter outside the alphabet blocks, with the mend', () => {
    const found = rules.check({ accented: 'Gọi 111', unaccented: 'Gọi 111' }, 'vi')
    expect(found).toMatchObject([{ code: 'sms.outside_gsm7', weight: 'block', span: [1, 2], mend: 'o' }])
  })
})

describe('the loudspeaker', () => {
  const rules = CHANNEL_RULES.find(({ key }) => key === 'loudspeaker')!

  test('says the number twice, digit by digit, and no figure is left', () => {
    const { script = '' } = rules.compose({ ...MASTER, lead: 'Từ 01/7-30/9/2023, UBND 99 xã phát tin.' })
    expect(script.match(/quốc gia: một một một/g)).toHaveLength(2)
    expect(script).not.toMatch(/\d/)
    expect(rules.check({ script }, 'vi')).toEqual([])
  })

  test('a figure put in by hand is shown with how it is read', () => {
    expect(rules.check({ script: 'Có 25 người.' }, 'vi')).toMatchObject([
      { code: 'loudspeaker.unspoken', weight: 'warn', span: [3, 5], mend: 'hai mươi lăm' },
    ])
  })

  test('more than a quarter of an hour blocks', () => {
    const found = rules.check({ script: 'một hai ba bốn năm '.repeat(800) }, 'vi')
    expect(found.map(({ code }) => code)).toContain('loudspeaker.too_long')
  })
})

import { sentencesOf } from '../../channel/index.ts'
import type { Finding } from '../../kernel/index.ts'
import { findIn, type TextFields } from './text-fields.ts'

/** Syllables in a sentence that a listener still holds together; an estimate of ours. */
const LONGEST_SENTENCE = 35
const MOST_NUMBERS = 3

/** Office words with what a neighbour would say. */
const PLAINER: Readonly<Record<string, string>> = {
  'triển khai thực hiện': 'làm',
  'tăng cường công tác': 'làm mạnh hơn việc',
  'nâng cao nhận thức': 'giúp hiểu rõ',
  'đẩy mạnh công tác': 'làm mạnh hơn việc',
  'trên địa bàn': 'ở',
  'phương thức, thủ đoạn': 'cách lừa',
  'phương thức thủ đoạn': 'cách lừa',
  'nghiêm cấm': 'cấm',
  'tố giác tội phạm': 'báo công an',
  'tố giác': 'báo',
  'trình báo': 'báo',
  'cư trú': 'ở',
  'phát sinh': 'xảy ra',
  'khẩn trương': 'nhanh',
  'quán triệt': 'nói rõ',
  'thụ hưởng': 'được nhận',
  'bảo đảm': 'giữ',
  'hồi hương': 'trở về',
  'tiếp nhận': 'nhận',
  'xuất cảnh trái phép': 'ra nước ngoài chui',
  'cưỡng bức lao động': 'ép làm việc',
  'bóc lột': 'bắt làm không công',
}
const OFFICE = new RegExp(
  String.raw`(?<!\p{L})(?:${Object.keys(PLAINER)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})(?!\p{L})`,
  'giu',
)

/** What a listener would not follow: long sentences, many numbers, office words. Warns only. */
export function checkReadability(fields: TextFields): Finding[] {
  return [
    ...Object.entries(fields).flatMap(([field, text]) => sentences(field, text)),
    ...findIn(fields, OFFICE, (match) => {
      const plainer = PLAINER[match[0].toLowerCase()] ?? ''
      return { code: 'listening.office_word', facts: { word: match[0], plainer }, mend: plainer }
    }),
  ]
}

function sentences(field: string, text: string): Finding[] {
  let from = 0
  return sentencesOf(text).flatMap((sentence): Finding[] => {
    const start = text.indexOf(sentence, from)
    from = start + sentence.length
    const span = [start, from] as const
    const syllables = sentence.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
    const numbers = sentence.match(/\d[\d.,/]*/gu)?.length ?? 0
    const long: Finding = {
      code: 'listening.long_sentence',
      weight: 'warn',
      field,
      span,
      facts: { syllables, most: LONGEST_SENTENCE },
      mend: null,
    }
    const many: Finding = {
      code: 'listening.many_numbers',
      weight: 'warn',
      field,
      span,
      facts: { numbers, most: MOST_NUMBERS },
      mend: null,
    }
    return [...(syllables > LONGEST_SENTENCE ? [long] : []), ...(numbers > MOST_NUMBERS ? [many] : [])]
  })
}

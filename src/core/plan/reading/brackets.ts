import type { Paragraph } from './blocks.ts'
import { bodiesAt, predicateAt } from './body-names.ts'
import { ORDERS } from './body-words.ts'
import type { Draft } from './scope.ts'
import { phraseAt, phrases } from './words.ts'

const TOLD = phrases(
  'chủ trì, tham mưu, phối hợp, thực hiện, làm đầu mối, chịu trách nhiệm, triển khai, theo dõi, tổ chức, hướng dẫn, báo cáo, tổng hợp, xây dựng, cung cấp',
)

const GIVEN = phrases('do, phân công')

/** `Thành lập Đoàn kiểm tra … (Giao Công an tỉnh tham mưu).` */
export function inBrackets(paragraph: Paragraph): Draft | null {
  const { words } = paragraph
  let last = words.length - 1
  while (last > 0 && /^[.;,]$/u.test(words[last]?.folded ?? '')) last -= 1
  if (words[last]?.folded !== ')') return null
  let open = last - 1
  while (open > 0 && words[open]?.folded !== '(') open -= 1
  if (open < 3) return null
  const ordered = phraseAt(words, open + 1, ORDERS) || phraseAt(words, open + 1, GIVEN)
  const list = bodiesAt(words, open + 1 + ordered)
  if (
    !list ||
    (ordered === 0 && phraseAt(words, list.next, TOLD) === 0) ||
    (ordered > 0 && list.next < last && predicateAt(words, list.next) === 0)
  )
    return null
  return {
    paragraph,
    from: 0,
    to: words.length,
    verb: list.next,
    named: { words, names: list.names },
    mode: 'ordered',
    directs: null,
    confidence: 0.9,
    coordinates: false,
    when: null,
  }
}

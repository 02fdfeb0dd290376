import type { Ground } from './ground.ts'
import type { HotlineFound } from './reading.ts'
import { fold } from './words.ts'

const LEAD = /đường dây nóng|tổng đài|hotline|số điện thoại|điện thoại liên hệ|số máy/u
const NUMBER =
  /(?<![\d/.,%-])(?:(?:\+84|0)(?:[\s.-]?\d){8,10}|1[89]00(?:[\s.-]?\d){4,6}|1\d{2})(?![\d/%]|[.,]\d|\s?(?:%|xã|người|trẻ|hộ|thôn|em\b))/gu
const NAME_START = /[;:(,.\n]|\s(?:là|số|gọi|qua|tới|đến|và)\s/gu
const LONGEST_NAME = 120

/** Numbers to call, each with the body that answers, where the text speaks of a hotline. */
export function findHotlines({ text, folded, blocks, register }: Ground): HotlineFound[] {
  const found: HotlineFound[] = []
  const seen = new Set<string>()
  for (const block of blocks) {
    const words = folded.slice(block.bodyStart, block.end)
    const lead = LEAD.exec(words)?.index ?? -1
    if (lead < 0) continue
    let from = 0
    for (const match of words.matchAll(NUMBER)) {
      const number = match[0].replace(/^\+84/u, '0').replace(/\D/gu, '')
      const known = register.hotlines.find((one) => one.number.replace(/\D/gu, '') === number)
      // Three digits are a number to call only right behind its name.
      if (
        number.length === 3 &&
        !known &&
        !/(?:tổng đài|đường dây nóng|hotline|gọi|số|bảo vệ trẻ em|công an|cứu)[^.;\d]{0,60}$/u.test(
          words.slice(Math.max(from, match.index - 70), match.index),
        )
      )
        continue
      if (match.index < lead && !known) continue
      const name = nameBefore(text, words, block.bodyStart, from, match.index)
      from = match.index + match[0].length
      if (seen.has(number)) continue
      seen.add(number)
      const start = block.bodyStart + name.start
      found.push({
        name: name.words || known?.name || '',
        number,
        span: [start, block.bodyStart + from],
        confidence: known ? 0.98 : name.words === '' ? 0.6 : 0.85,
      })
    }
  }
  return found
}

function nameBefore(
  text: string,
  words: string,
  offset: number,
  from: number,
  at: number,
): { words: string; start: number } {
  const floor = Math.max(from, at - LONGEST_NAME)
  const before = words
    .slice(floor, at)
    .replace(/(?:\s*(?:số|qua số|:|-|\(|theo số|điện thoại|số điện thoại|là))+\s*$/u, '')
  let cut = 0
  for (const match of before.matchAll(NAME_START)) {
    const end = match.index + match[0].length
    // “về phòng, chống mua bán người”: a comma inside a name goes on in small letters.
    const inside = match[0] === ',' && /^\s*\p{Ll}/u.test(text.slice(offset + floor + end))
    if (!inside) cut = end
  }
  const start = floor + cut
  const raw = text.slice(offset + start, offset + floor + before.length)
  const skipped = /^[\s\-–,;:.]*/u.exec(raw)?.[0].length ?? 0
  const name = raw.slice(skipped).replace(/\s+/gu, ' ').trim()
  return /^(?:và|hoặc)$/u.test(fold(name)) ? { words: '', start: at } : { words: name, start: start + skipped }
}

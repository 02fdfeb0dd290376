import { describe, expect, it } from 'vitest'
import { EXAMPLES, filesIn, read, textOf } from './testing.ts'

const RUNS = Number(process.env['LOA_FUZZ_RUNS'] ?? 10_000)
const SEED = 74

const SCRAPS = [
  'I. ',
  '1- ',
  'đ) ',
  '- ',
  '\n',
  '\n\n',
  '|',
  '“',
  '”',
  '(',
  '2021 - 2025',
  'Số: ',
  'Điều 1.',
  '\u0000',
  '\uD800',
  'İ',
  '\u0301',
  '\u2011',
  ' '.repeat(60),
  '-'.repeat(60),
  '1.1.1.1.1',
  'số 1/',
  ', '.repeat(20),
  'KẾ HOẠCH\n',
  'Nơi nhận:',
  'ngày 31/02/2023',
  '\f',
  '99999999999999999999',
]

describe('any text at all', () => {
  it(`reads ${RUNS} mutated plans without a crash, each span inside the text`, { timeout: 300_000 }, () => {
    const random = generator(SEED)
    const plans = filesIn(EXAMPLES, '.txt').map((name) => textOf(EXAMPLES + name))
    for (let run = 0; run < RUNS; run += 1) {
      const text = mutate(plans[run % plans.length] ?? '', random)
      const reading = read(text)
      for (const { span } of [
        ...reading.duties,
        ...reading.periods,
        ...reading.legalBases,
        ...reading.themes,
        ...reading.slogans,
      ]) {
        if (span[0] < 0 || span[1] > reading.text.length || span[0] > span[1])
          expect(span, text).toBe('inside the text')
      }
    }
  })
})

/** Cuts a piece out, doubles it, moves it or puts scraps in. Pieces are short, so that ten thousand stay quick. */
function mutate(plan: string, random: () => number): string {
  const at = Math.floor(random() * plan.length)
  let text = plan.slice(at, at + 150 + Math.floor(random() * 500))
  for (let times = Math.floor(random() * 4) + 1; times > 0; times -= 1) {
    const from = Math.floor(random() * text.length)
    const to = Math.min(text.length, from + Math.floor(random() * 40))
    const scrap = SCRAPS[Math.floor(random() * SCRAPS.length)] ?? ''
    const kind = Math.floor(random() * 4)
    if (kind === 0) text = text.slice(0, from) + text.slice(to)
    else if (kind === 1) text = text.slice(0, to) + text.slice(from)
    else if (kind === 2) text = text.slice(0, from) + scrap + text.slice(from)
    else text = text.slice(0, from).normalize('NFD') + scrap.repeat(3) + text.slice(to)
  }
  return text
}

/** Mulberry32: the same numbers on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

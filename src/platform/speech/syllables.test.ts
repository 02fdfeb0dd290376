import { expect, test } from 'vitest'
import { openEspeak } from './espeak.ts'
import { piecesOf } from './pieces.ts'

const VOWELS = ['a', 'ăn', 'ân', 'e', 'ê', 'i', 'o', 'ô', 'ơ', 'u', 'ư', 'y']
/** No mark, acute, grave, hook, tilde, dot below. */
const TONES = ['', '\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
const BEFORE = 'b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')
const BEHIND = ['c', 'ch', 'm', 'n', 'ng', 'nh', 'p', 't', 'i', 'y', 'o', 'u']
/** What carries a syllable. */
const CARRIES = /[aeiouyəɐɑɔɛɪʊɨɯɤæɜʌøœ]/u

/** Every vowel under every mark, every consonant before and behind: twenty sentences. */
function sentences(): string[] {
  const marked = (syllable: string, tone: string) => (syllable[0] + tone + syllable.slice(1)).normalize('NFC')
  const vowels = VOWELS.map((vowel) =>
    TONES.map((tone) => `${vowel === 'y' ? 'm' : 'b'}${marked(vowel, tone)}`).join(' '),
  )
  const before = [0, 1, 2, 3].map((part) =>
    BEFORE.filter((_one, at) => at % 4 === part)
      .map((one) => one + (/^(?:gh|ngh|k|gi)$/.test(one) ? 'e' : 'a'))
      .join(' '),
  )
  const behind = [0, 1].map((part) =>
    BEHIND.filter((_one, at) => at % 2 === part)
      .map((one) => `t${one === 'ch' || one === 'nh' ? 'í' : 'á'}${one}`)
      .join(' '),
  )
  return [...vowels, ...before, ...behind, 'ngoằn ngoèo khuỷu tay nguệch ngoạc', 'thuở ấy quyển lịch ướt sũng']
}

test('each of twenty sentences of all letters under all marks is said syllable by syllable, in each accent', async () => {
  const espeak = await openEspeak()
  expect(sentences()).toHaveLength(20)
  for (const accent of ['north', 'central', 'south'] as const) {
    for (const sentence of sentences()) {
      const { events } = espeak.say(piecesOf(`${sentence}.`)[0]!.words, { accent, speed: 2 })
      const starts = events.flatMap(({ type }, at) => (type === 'word' ? [at] : []))
      const phones = starts.map((from, at) =>
        events
          .slice(from, starts[at + 1])
          .flatMap(({ type, id }) => (type === 'phoneme' && id ? [String(id)] : []))
          .join(''),
      )
      expect(phones, sentence).toHaveLength(sentence.split(' ').length)
      for (const [at, phone] of phones.entries()) expect(phone, sentence.split(' ')[at]).toMatch(CARRIES)
    }
  }
})

test('the six tones of a syllable are six sounds, in each accent', async () => {
  const espeak = await openEspeak()
  for (const accent of ['north', 'central', 'south'] as const) {
    const sounds = ['ma', 'má', 'mà', 'mả', 'mã', 'mạ'].map((word) => {
      const { samples } = espeak.say(`${word}.`, { accent, speed: 1 })
      return Buffer.from(samples.buffer).toString('base64')
    })
    // In the south hook and tilde are one tone to most.
    expect(new Set(sounds).size).toBeGreaterThanOrEqual(accent === 'north' ? 6 : 5)
  }
})

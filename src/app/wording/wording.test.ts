import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readWording } from './read-wording.ts'

const ROOT = join(import.meta.dirname, '../../..')
const ARGUMENT = /\{(\w+)[},]/g

function catalogue(language: string): Map<string, string> {
  const sentences = new Map<string, string>()
  const folder = join(ROOT, 'wording', language)
  for (const file of readdirSync(folder)) {
    const own = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>
    for (const [key, sentence] of Object.entries(own)) {
      expect(sentences.has(key), `${key} stands in two files of wording/${language}/; keep one`).toBe(false)
      sentences.set(key, sentence)
    }
  }
  return sentences
}

const vi = catalogue('vi')
const en = catalogue('en')

test('every sentence stands in Vietnamese and in English, and asks for the same facts', () => {
  expect([...en.keys()].sort()).toEqual([...vi.keys()].sort())
  const factsIn = (sentence = '') => [...new Set([...sentence.matchAll(ARGUMENT)].map(([, name]) => name))].sort()
  for (const [key, sentence] of vi) {
    const missing = factsIn(en.get(key)).filter((fact) => !factsIn(sentence).includes(fact))
    expect(missing, `${key} asks for facts in English that Vietnamese does not`).toEqual([])
  }
})

test('Vietnamese is NFC', () => {
  expect([...vi].filter(([, sentence]) => sentence !== sentence.normalize('NFC')).map(([key]) => key)).toEqual([])
})

test('every sentence can be formatted', () => {
  for (const [language, sentences] of [
    ['vi', vi],
    ['en', en],
  ] as const) {
    const w = readWording(language)
    for (const [key, sentence] of sentences) {
      const facts = Object.fromEntries([...sentence.matchAll(ARGUMENT)].map(([, name = '']) => [name, 2]))
      expect(w(key, facts), key).not.toBe('')
    }
  }
})

test('every key that a page asks for by name has its words', () => {
  const missing: string[] = []
  for (const file of readdirSync(join(ROOT, 'src/web'), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(svelte|ts)$/.test(file)) continue
    const source = readFileSync(join(ROOT, 'src/web', file), 'utf8')
    for (const [, key = ''] of source.matchAll(/\bw\('(\w+)'/g)) if (!vi.has(key)) missing.push(`${file}: ${key}`)
  }
  expect(missing, 'These have no words yet; add them to wording/vi and wording/en:').toEqual([])
})

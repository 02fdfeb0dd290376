import { expect, test } from 'vitest'
import { DEVELOPMENT, HELD_OUT } from '../../../../bench/deidentify-passages.ts'
import { checkIdentity } from './index.ts'

const KNOWN = { hotlines: ['111', '0692449137'], pseudonym: 'Mai', places: [] }

test('of two hundred passages nearly all that tell who a person is are found, and nearly all others left alone', () => {
  const all = [...DEVELOPMENT, ...HELD_OUT]
  const flagged = all.filter(({ text }) => checkIdentity({ body: text.normalize('NFC') }, KNOWN).length > 0)
  const found = flagged.filter(({ tells }) => tells).length
  expect(all.length).toBeGreaterThanOrEqual(200)
  expect(found / all.filter(({ tells }) => tells).length).toBeGreaterThanOrEqual(0.98)
  expect(found / flagged.length).toBeGreaterThanOrEqual(0.95)
})

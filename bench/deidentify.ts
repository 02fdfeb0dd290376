/**
 * How many passages that tell who a person is are found, and how many that tell nobody are left alone.
 * Run: node bench/deidentify.ts. Goal: recall at least 0.98 by passage.
 */
import { checkIdentity } from '../src/core/message/checks/index.ts'
import { DEVELOPMENT, HELD_OUT, type Passage } from './deidentify-passages.ts'

const KNOWN = { hotlines: ['111', '0692449137'], pseudonym: 'Mai', places: ['Xã Bản Hồ', 'Xã Y Tý', 'Xã Si Ma Cai'] }

function isFlagged({ text }: Passage): boolean {
  return checkIdentity({ body: text.normalize('NFC') }, KNOWN).length > 0
}

function measure(name: string, passages: readonly Passage[]): void {
  const telling = passages.filter(({ tells }) => tells)
  const found = telling.filter(isFlagged)
  const falsely = passages.filter((passage) => !passage.tells && isFlagged(passage))
  const recall = (found.length / telling.length).toFixed(3)
  const precision = (found.length / (found.length + falsely.length)).toFixed(3)
  console.log(
    `${name}: ${passages.length} passages, recall ${recall} (${found.length}/${telling.length}), precision ${precision}`,
  )
  for (const { text } of telling.filter((passage) => !isFlagged(passage))) console.log(`  missed: ${text}`)
  for (const { text } of falsely) console.log(`  falsely: ${text}`)
}

measure('development', DEVELOPMENT)
measure('held out', HELD_OUT)
measure('all', [...DEVELOPMENT, ...HELD_OUT])

import { describe, expect, it } from 'vitest'
import { filesIn, FULL, hasFull, read, textOf } from './testing.ts'
import { fold } from './words.ts'

interface Labels {
  readonly document: Readonly<Record<string, string | null>>
  readonly bases: readonly (readonly [string, string | null])[]
  readonly sections: readonly string[]
}

describe.skipIf(!hasFull)('labelled documents (../shared/plans-full absent: nothing to compare)', () => {
  it.each(filesIn(FULL, '.json'))('%s', (name) => {
    const labels = JSON.parse(textOf(FULL + name)) as Labels
    const raw = textOf(FULL + name.replace('.json', '.txt'))
    const reading = read(raw.slice(raw.indexOf('\n') + 1))
    expect(plain(reading.document)).toMatchObject(plain(labels.document))
    for (const section of labels.sections) expect(reading.clauses.map((clause) => clause.marker)).toContain(section)
    const found = reading.legalBases.map((basis) => `${same(basis.notation ?? basis.title)} ${basis.issuedOn}`)
    for (const [basis, day] of labels.bases) expect(found).toContain(`${same(basis)} ${day}`)
  })
})

function plain(document: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, typeof value === 'string' ? same(value) : String(value)]),
  )
}

function same(words: string | null): string {
  return fold(words ?? '').replace(/\s+/gu, '')
}

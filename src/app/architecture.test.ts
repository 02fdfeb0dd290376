import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../testing/index.ts'

const ROOT = join(import.meta.dirname, '../..')

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => ending.test(path) && !path.includes('.test.') && !path.includes('.build.'))
    .map((path) => join(ROOT, folder, path))
}

function wordingOf(language: string): Record<string, string> {
  const folder = join(ROOT, 'wording', language)
  return Object.assign({}, ...readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}

const sources = ['src/core', 'src/platform', 'src/app', 'src/web'].flatMap((folder) =>
  filesUnder(folder, /\.(ts|svelte)$/),
)
const vi = wordingOf('vi')
const en = wordingOf('en')

describe('words', () => {
  test('stand in both languages', () => {
    const missing = [...Object.keys(vi).filter((key) => !(key in en)), ...Object.keys(en).filter((key) => !(key in vi))]
    expect(missing, 'These sentences stand in one language only. Add them to wording/<language>/<slice>.json:').toEqual(
      [],
    )
  })

  test('are NFC and not empty', () => {
    const bad = Object.entries(vi).filter(([, words]) => words.trim() === '' || words !== words.normalize('NFC'))
    expect(
      bad.map(([key]) => key),
      'These Vietnamese sentences are empty or decomposed:',
    ).toEqual([])
  })

  test('are there for every refusal', () => {
    const codes = new Set(
      sources.flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/new Refusal\(\s*'([a-z_.]+)'/g)].map((found) => found[1] ?? ''),
      ),
    )
    const missing = [...codes].map((code) => `refusal_${code.replaceAll('.', '_')}`).filter((key) => !(key in vi))
    expect(codes.size).toBeGreaterThan(30)
    expect(missing, 'These refusals have no words yet. Add them to wording/*/<slice>.json:').toEqual([])
  })

  test('are there for every action in the record', () => {
    const names = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\baction\(\s*'([a-z_.]+)'/g)].map((found) => found[1] ?? ''),
    )
    const missing = names.map((name) => `audit_${name.replaceAll('.', '_')}`).filter((key) => !(key in vi))
    expect(names.length).toBeGreaterThan(30)
    expect(new Set(names).size, 'Two actions share a name').toBe(names.length)
    expect(missing, 'These actions have no sentence for the record yet. Add them to wording/*/<slice>.json:').toEqual(
      [],
    )
  })
})

describe('the house', () => {
  test('keeps SQL in stores', () => {
    const builders = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(<[^>]*>)?`/
    const strays = filesUnder('src/core', /\.ts$/).filter(
      (path) => !path.endsWith('.store.ts') && builders.test(readFileSync(path, 'utf8')),
    )
    expect(strays, 'SQL stands only in *.store.ts; move these statements there:').toEqual([])
  })

  test('has no file over 300 lines', () => {
    const long = sources.filter(
      (path) => !path.endsWith('.gen.ts') && readFileSync(path, 'utf8').split('\n').length > 301,
    )
    expect(long, 'Divide these files by what they are about:').toEqual([])
  })

  test('says of every table what it is', async () => {
    const database = await openTestDatabase()
    try {
      const { rows } = await sql<{ name: string }>`
        select relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = 'public' and relkind = 'r' and obj_description(pg_class.oid) is null`.execute(database.db)
      expect(
        rows.map((row) => row.name),
        'Add `comment on table` with the glossary word:',
      ).toEqual([])
    } finally {
      await database.close()
    }
  })
})

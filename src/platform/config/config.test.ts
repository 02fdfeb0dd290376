import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, Settings } from './index.ts'

test('.env.example names exactly the settings that are read', async () => {
  const example = await readFile(join(import.meta.dirname, '../../../.env.example'), 'utf8')
  const named = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1])
  expect(named, 'Bring .env.example in line with Settings in src/platform/config/config.ts:').toEqual(
    Object.keys(Settings.entries),
  )
})

test('nothing set means an embedded database in var and port 3474 or the next free one', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ databaseUrl: null, port: 3474, portIsFixed: false, language: 'vi' })
  expect(config.dataFolder).toMatch(/[\\/]var$/)
})

test('a wrong setting is named with what it may be', () => {
  expect(() => readConfig({ PORT: 'http' })).toThrow(/PORT is "NaN|PORT is "http/)
  expect(() => readConfig({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL .* must begin with postgres/)
})

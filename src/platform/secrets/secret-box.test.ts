import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecretBox, SECRET_KEY_FILE } from './secret-box.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-secret-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('what is sealed opens again, also after a restart, and looks different each time', async () => {
  const file = join(folder, SECRET_KEY_FILE)
  const box = openSecretBox(file)
  const sealed = await box.seal('JBSWY3DPEHPK3PXP', 'person 1')
  expect(sealed).not.toContain('JBSWY3DP')
  expect(await box.seal('JBSWY3DPEHPK3PXP', 'person 1')).not.toBe(sealed)
  expect(await openSecretBox(file).open(sealed, 'person 1')).toBe('JBSWY3DPEHPK3PXP')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('it opens for nobody else, not when changed, and not with another key', async () => {
  const box = openSecretBox(join(folder, 'own.key'))
  const sealed = await box.seal('bí mật', 'person 1')
  const changed = sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
  expect(await box.open(sealed, 'person 2')).toBeNull()
  expect(await box.open(changed, 'person 1')).toBeNull()
  expect(await box.open('', 'person 1')).toBeNull()
  expect(await openSecretBox(join(folder, 'other.key')).open(sealed, 'person 1')).toBeNull()
})

test('many open at once as one by one does, each for its own row', async () => {
  const box = openSecretBox(join(folder, 'own.key'))
  const [one, two] = [await box.seal('mẹ', 'a'), await box.seal('con', 'b')]
  expect(
    await box.openAll([
      { sealed: one, about: 'a' },
      { sealed: two, about: 'b' },
      { sealed: two, about: 'a' },
    ]),
  ).toEqual(['mẹ', 'con', null])
})

test('a fingerprint is the same again with the same key and use, and another with any other', async () => {
  const file = join(folder, 'own.key')
  const mark = await openSecretBox(file).fingerprint('hoa@example.vn', 'contact')
  expect(mark).toMatch(/^[\w-]{43}$/)
  expect(await openSecretBox(file).fingerprint('hoa@example.vn', 'contact')).toBe(mark)
  const others = [
    await openSecretBox(file).fingerprint('hoa@example.vn', 'leave'),
    await openSecretBox(file).fingerprint('hoA@example.vn', 'contact'),
    await openSecretBox(join(folder, 'other.key')).fingerprint('hoa@example.vn', 'contact'),
  ]
  expect(new Set([mark, ...others]).size).toBe(4)
})

test('processes that make the key at once agree on one and leave nothing lying about', async () => {
  const file = join(folder, 'many', 'secret.key')
  const boxes = Array.from({ length: 8 }, () => openSecretBox(file))
  const sealed = await Promise.all(boxes.map((box) => box.seal('mã', 'x')))
  for (const one of sealed) expect(await openSecretBox(file).open(one, 'x')).toBe('mã')
  expect(await readdir(join(folder, 'many'))).toEqual(['secret.key'])
  expect(await readFile(file)).toHaveLength(32)
})

test('a key file that holds no key is said, with the remedy', async () => {
  const file = join(folder, 'broken.key')
  await writeFile(file, 'x')
  await expect(openSecretBox(file).seal('a', 'b')).rejects.toThrow(/put back the one of your backup/)
})

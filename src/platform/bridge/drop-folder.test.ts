import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refusal } from '../../core/kernel/index.ts'
import { openDropFolder, putAside } from './drop-folder.ts'

const NOW = new Date('2026-11-26T03:00:00Z')
let folder: string
const drop = () => openDropFolder(folder, ({ code }) => `Vì ${code}`)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-drop-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Lays something there that was written to last so many seconds ago. */
async function lay(name: string, secondsAgo: number, words = '{}'): Promise<void> {
  const path = join(folder, 'in', name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, words)
  const at = new Date(NOW.getTime() - secondsAgo * 1_000)
  await utimes(path, at, at)
  if (name.includes('/')) await utimes(dirname(path), at, at)
}

test('what lies still is found, the oldest first; what is being written, or named as unfinished, waits', async () => {
  expect(await drop().lying(NOW), 'the folder is made where there is none').toEqual([])
  await lay('moi.zip', 10)
  await lay('cu.json', 40)
  await lay('cu-hon.json', 700)
  for (const name of ['.an.json', 'a.zip.part', 'b.TMP']) await lay(name, 900)
  expect(await drop().lying(NOW)).toEqual([
    { name: 'cu-hon.json', isOld: true },
    { name: 'cu.json', isOld: false },
  ])
})

test('a folder is whole when nothing in it is being written', async () => {
  await lay('goi/goi.json', 60)
  await lay('goi/am-thanh/a.mp3', 20)
  expect(await drop().lying(NOW)).toEqual([])
  await lay('goi/am-thanh/a.mp3', 50)
  const at = new Date(NOW.getTime() - 45_000)
  await utimes(join(folder, 'in/goi'), at, at)
  expect(await drop().lying(NOW)).toEqual([{ name: 'goi', isOld: false }])
  await lay('goi/am-thanh/b.mp3.part', 60)
  expect(await drop().lying(NOW)).toEqual([])
})

test('what was read lies aside, and what was refused says why; a name that is taken there gets a number', async () => {
  await lay('a.json', 60, '1')
  await drop().done('a.json')
  await lay('a.json', 60, '2')
  await drop().done('a.json')
  await lay('b.json', 60)
  await drop().refuse('b.json', new Refusal('bridge.not_json'))
  expect((await readdir(join(folder, 'done'))).sort()).toEqual(['a.json', 'a.json-2'])
  expect(await readFile(join(folder, 'done/a.json-2'), 'utf8')).toBe('2')
  expect((await readdir(join(folder, 'refused'))).sort()).toEqual(['b.json', 'b.json.reason.txt'])
  expect(await readFile(join(folder, 'refused/b.json.reason.txt'), 'utf8')).toBe('Vì bridge.not_json\n')
  expect(await readdir(join(folder, 'in'))).toEqual([])
})

test('what somebody else has moved meanwhile is no fault', async () => {
  await mkdir(join(folder, 'in'))
  expect(await putAside(join(folder, 'in/gone.json'), join(folder, 'done'))).toBeNull()
})

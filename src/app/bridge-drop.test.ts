import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  dropWith,
  exchangesBefore,
  FieldNames,
  packWith,
  proposalsBefore,
  takeDroppedJob,
} from '../core/bridge/index.ts'
import { asSystem, type Ctx } from '../core/kernel/index.ts'
import { bridgeFile, readFolderOrFile } from '../platform/bridge/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { bridgeDrop } from './bridge-drop.ts'

const clock = stillClock('2026-11-26T03:00:00Z')
let database: TestDatabase
let ctx: Ctx
let folder: string
beforeAll(async () => {
  database = await openTestDatabase()
  ctx = asSystem(testCtx(database.db, { clock }), 'bridge')
  folder = await mkdtemp(join(tmpdir(), 'loa-bridge-'))
  packWith(bridgeFile)
  dropWith(bridgeDrop({ bridgeFolder: folder, language: 'vi' }))
  await mkdir(join(folder, 'in'))
})
afterAll(async () => {
  dropWith(null)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const packageOf = (id: string) => JSON.stringify({ NguonId: 'TW', BanTin: [{ BanTinId: id, TieuDe: `Tin ${id}` }] })
/** Leaves words in the folder, as another program does, written so many seconds ago. */
async function leave(name: string, words: string, secondsAgo = 60): Promise<void> {
  await writeFile(join(folder, 'in', name), words)
  const at = new Date(clock.now().getTime() - secondsAgo * 1_000)
  await utimes(join(folder, 'in', name), at, at)
}
const work = () => takeDroppedJob.run(ctx, {})
const namesIn = async (name: string) => (await readdir(join(folder, name))).sort()
const came = async () =>
  (await proposalsBefore(database.db, { open: false, before: null }, 50)).map(({ bulletinId }) => bulletinId).sort()
const exchanges = async () => (await exchangesBefore(database.db, null, 50)).length

async function loa(...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, DATABASE_URL: database.url, LOA_DATA: join(folder, 'data'), LOA_LANGUAGE: 'vi' }
  const main = join(import.meta.dirname, '../cli/main.ts')
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += String(piece)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

test('what is left in the folder is taken once, whatever it is called and however often it is left', async () => {
  await leave('mot.json', packageOf('1'))
  await leave('hai.json', packageOf('2'))
  await work()
  expect([await came(), await exchanges()]).toEqual([['1', '2'], 2])
  await leave('mot-nua.json', packageOf('1'))
  await Promise.all([work(), work()])
  expect([await came(), await exchanges()]).toEqual([['1', '2'], 2])
  expect([await namesIn('in'), await namesIn('done')]).toEqual([[], ['hai.json', 'mot-nua.json', 'mot.json']])
})

test('half a file waits until it is whole; what never becomes a package is put aside with the reason', async () => {
  const whole = packageOf('3')
  await leave('ba.json', whole.slice(0, 30), 60)
  await work()
  expect(await namesIn('in'), 'it may be half of something').toEqual(['ba.json'])
  await leave('ba.json', whole, 5)
  await work()
  expect(await namesIn('in'), 'it is being written to').toEqual(['ba.json'])
  await leave('ba.json', whole, 31)
  await work()
  expect(await came()).toEqual(['1', '2', '3'])
  await leave('thu.json', '{"thu": 1}', 601)
  await work()
  expect(await namesIn('refused')).toEqual(['thu.json', 'thu.json.reason.txt'])
  const reason = await readFile(join(folder, 'refused/thu.json.reason.txt'), 'utf8')
  expect(reason).toContain('Trong tệp không có bản tin')
})

test('a worker that died after it had taken a package takes nothing twice', async () => {
  const before = await exchanges()
  await leave('bon.json', packageOf('4'))
  const real = bridgeDrop({ bridgeFolder: folder, language: 'vi' })!
  dropWith({ ...real, done: () => Promise.reject(new Error('The worker dies')) })
  await expect(work()).rejects.toThrow('could not be taken')
  expect(await namesIn('in')).toEqual(['bon.json'])
  dropWith(real)
  await work()
  expect([await namesIn('in'), (await exchanges()) - before]).toEqual([[], 1])
})

test(
  'the commands themselves: a package goes out whole, comes in, and is put aside as taken, known or refused',
  { timeout: 60_000 },
  async () => {
    const out = await loa('bridge', 'send', '2026-11-24', '2026-11-26', join(folder, 'out'))
    expect(out).toMatchObject({ code: 0 })
    expect(await namesIn('out'), 'nothing unfinished is left').toEqual(['goi.json', 'lich-phat.html'])
    expect(JSON.parse(await readFile(join(folder, 'out/goi.json'), 'utf8'))).toMatchObject({ DinhDang: 'loa-httttn' })

    const given = join(folder, 'tay')
    await mkdir(join(given, 'goi'), { recursive: true })
    await writeFile(join(given, 'goi/goi.json'), packageOf('5'))
    await writeFile(join(given, 'sai.json'), '{')
    const taken = await loa('bridge', 'receive', join(given, 'goi'))
    expect(taken).toMatchObject({ code: 0, said: expect.stringContaining('Đã nhận 1 bản tin') as unknown })
    expect(await came()).toContain('5')
    const read = bridgeFile.unpack(await readFolderOrFile(join(given, 'done/goi')), new FieldNames([]))
    expect(read.content.bulletins).toHaveLength(1)
    await mkdir(join(given, 'goi'))
    await writeFile(join(given, 'goi/goi.json'), packageOf('5'))
    expect((await loa('bridge', 'receive', join(given, 'goi'))).said).toContain('đã được nhận trước đây')

    expect(await loa('bridge', 'receive', join(given, 'sai.json'))).toMatchObject({ code: 2 })
    expect((await readdir(join(given, 'refused'))).sort()).toEqual(['sai.json', 'sai.json.reason.txt'])
    expect((await readdir(given)).sort()).toEqual(['done', 'refused'])
  },
)

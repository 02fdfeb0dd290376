import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../../../core/kernel/index.ts'
import { makeEnrolment, replaceDevice } from '../../../core/station/index.ts'
import { openProgrammeStage, type ProgrammeStage } from '../../../app/programme.build.ts'
import { keepDoors } from '../../../app/speaker-doors.ts'
import { enrol } from '../../../speaker/index.ts'
import { audioAuthorization, fetchAudio, type AudioSource } from '../../../speaker/network/fetch-audio.ts'
import { servePages } from './pages.build.ts'

let stage: ProgrammeStage
let pages: Awaited<ReturnType<typeof servePages>>
let folder: string
let source: AudioSource
const sound = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 31) % 251))
const sha256 = createHash('sha256').update(sound).digest('hex')

beforeAll(async () => {
  stage = await openProgrammeStage({ now: () => new Date() })
  folder = await mkdtemp(join(tmpdir(), 'loa-ranges-'))
  pages = await servePages(stage.ctx)
  keepDoors({ mqtt: 'mqtt://127.0.0.1:9', audio: `${pages.address}/speaker/audio` })
  const [standIn] = stage.devicesOf(stage.stations.b)
  const deviceId = await replaceDevice(stage.system, { deviceId: standIn!, reason: 'thay', code: 'TB-NGHE' })
  const { code } = await makeEnrolment(stage.system, { deviceId })
  const { audio: url } = await enrol({ address: pages.address, code, folder, agent: 'test' })
  source = { url, deviceId, privateKey: await keyOf(folder) }
  await stage.ctx.files.put(sound)
  const releaseId: Id<'release'> = await stage.aired('priority', { endsAt: new Date(Date.now() + 86_400_000) })
  const recording = { sha256, bytes: sound.length }
  await stage.ctx.db.updateTable('broadcast').set(recording).where('releaseId', '=', releaseId).execute()
})
afterAll(async () => {
  await pages.close()
  await stage.database.close()
  await rm(folder, { recursive: true, force: true })
})

async function keyOf(of: string): Promise<KeyObject> {
  return createPrivateKey(await readFile(join(of, 'device.key')))
}

function ask(headers: Record<string, string>): Promise<Response> {
  const authorization = audioAuthorization(source, sha256, Date.now())
  return fetch(`${source.url}/${sha256}`, { headers: { authorization, ...headers } })
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test.each([
  ['bytes=1000-', 1_000, 4_999],
  ['bytes=0-0', 0, 0],
  ['bytes=4999-', 4_999, 4_999],
  ['bytes=-200', 4_800, 4_999],
  ['bytes=4000-99999', 4_000, 4_999],
])('a part asked for as %s is that part, and says which', async (range, from, to) => {
  const answer = await ask({ range })
  expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${from}-${to}/5000`])
  expect((await bytesOf(answer)).equals(sound.subarray(from, to + 1))).toBe(true)
})

test.each(['bytes=5000-', 'bytes=9000-9001', 'bytes=20-10'])(
  'what lies behind the end (%s) is refused',
  async (range) => {
    const answer = await ask({ range })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */5000'])
  },
)

test.each([
  ['of several parts', { range: 'bytes=0-1,5-6' }],
  ['in another unit', { range: 'lines=1-' }],
  ['of what was another file before', { range: 'bytes=1000-', 'if-range': '"another"' }],
])('a question %s is answered with the whole', async (_what, headers) => {
  const answer = await ask(headers)
  expect([answer.status, answer.headers.get('content-range')]).toEqual([200, null])
  expect((await bytesOf(answer)).equals(sound)).toBe(true)
})

test('a device goes on in the middle, and begins anew where the part is not what is left of it', async () => {
  const part = join(folder, 'a.part')
  const bring = () => fetchAudio(source, { sha256, bytes: sound.length }, part, Date.now(), AbortSignal.timeout(20_000))
  await writeFile(part, sound.subarray(0, 1_234))
  await bring()
  expect((await readFile(part)).equals(sound)).toBe(true)
  await bring()
  expect((await readFile(part)).equals(sound), 'what is whole is not asked for again').toBe(true)
  // The part goes on where the server has nothing: it says so, and nothing is left to go on from.
  await writeFile(part, Buffer.alloc(5_000))
  const longer = { sha256, bytes: sound.length + 10 }
  await expect(fetchAudio(source, longer, part, Date.now(), AbortSignal.timeout(20_000))).rejects.toThrow('416')
  expect(existsSync(part)).toBe(false)
})

test('a recording that is to play and whose file is lost is answered as not there, with the time', async () => {
  const lost = 'c'.repeat(64)
  const broadcast = stage.ctx.db.updateTable('broadcast').where('sha256', '=', sha256)
  await broadcast.set({ sha256: lost }).execute()
  const authorization = audioAuthorization(source, lost, Date.now())
  const answer = await fetch(`${source.url}/${lost}`, { headers: { authorization } })
  expect([answer.status, await answer.text()]).toEqual([404, ''])
  expect(Math.abs(Number(answer.headers.get('loa-time')) - Date.now() / 1_000)).toBeLessThan(60)
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeMp3 } from '../platform/sounds/write-mp3.ts'
import { LoopbackProvince } from './province.build.ts'
import { buildBroadcast, buildSchedule, iso } from './simulated-province.build.ts'

let province: LoopbackProvince
let folder: string
let children: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loa-speaker-'))
  province = new LoopbackProvince()
  await province.start()
})

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  children = []
  await province.close()
  rmSync(folder, { recursive: true, force: true })
})

function loa(...args: string[]): ChildProcess {
  const main = join(import.meta.dirname, '../cli/main.ts')
  const child = spawn(process.execPath, [main, 'speaker', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

function run(): ChildProcess {
  return loa('run', '--data', join(folder, 'device'), '--sound', `file:${join(folder, 'heard')}`)
}

/** Waits until the device has written that it began this play. */
function begun(playId: string): Promise<void> {
  const file = join(folder, 'device/begun.jsonl')
  return new Promise((resolve) => {
    const look = () => {
      if (!existsSync(file) || !readFileSync(file, 'utf8').includes(playId)) return
      watcher.close()
      resolve()
    }
    const watcher = watch(join(folder, 'device'), look)
    look()
  })
}

async function recordingOf(seconds: number) {
  const bytes = await writeMp3({ rate: 16_000, samples: new Float32Array(16_000 * seconds) })
  return { seconds, ...province.keep(bytes) }
}

test('a device enrols, brings a recording over a line that breaks, plays, is killed in the midst of another, and tells all of it', async () => {
  const enrolled = loa('enrol', province.address, 'ONCE', '--data', join(folder, 'device'))
  expect(await once(enrolled, 'exit')).toEqual([0, null])
  expect(statSync(join(folder, 'device/device.key')).mode & 0o777).toBe(0o600)

  const [short, long] = [await recordingOf(1), await recordingOf(120)]
  province.breakAfterBytes = 1_000
  const running = run()
  const nowMs = Date.now()
  const valid = { fromMs: nowMs - 3_600_000, untilMs: nowMs + 86_400_000 }
  const broadcasts = [buildBroadcast({ ...valid, ...short }), buildBroadcast({ ...valid, ...long })]
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()]
  const plays = [one, other].map((id, at) => ({
    id,
    broadcastId: broadcasts[at]?.id ?? '',
    at: iso(nowMs),
    ord: at,
  }))
  province.send(buildSchedule({ broadcasts, plays }))
  await begun(other)
  running.kill('SIGKILL')
  await once(running, 'exit')

  run()
  await province.until(() => province.hub.endsOf(province.deviceId).length === 2)
  const ends = new Map(province.hub.endsOf(province.deviceId).map((end) => [end.playId, `${end.state} ${end.reason}`]))
  expect([ends.get(one), ends.get(other)]).toEqual(['played ', 'partial power_lost'])
  expect(province.hub.wrong).toEqual([])
  expect(province.asked).toContain('bytes=1000-')
  expect(
    readFileSync(join(folder, 'heard', `${one}.mp3`)).equals(province.recordings.get(short.sha256) ?? ('' as never)),
  ).toBe(true)
})

test('told to restart it cuts what sounds, is another program under the same number, and plays on without a play twice', async () => {
  const enrolled = loa('enrol', `${province.address}/speaker/enrol#ONCE`, '--data', join(folder, 'device'))
  expect(await once(enrolled, 'exit')).toEqual([0, null])
  const [long, short] = [await recordingOf(120), await recordingOf(1)]
  const nowMs = Date.now()
  const valid = { fromMs: nowMs - 3_600_000, untilMs: nowMs + 86_400_000 }
  const broadcasts = [buildBroadcast({ ...valid, ...long }), buildBroadcast({ ...valid, ...short })]
  const [cut, next] = [crypto.randomUUID(), crypto.randomUUID()]
  const plays = [cut, next].map((id, ord) => ({ id, broadcastId: broadcasts[ord]?.id ?? '', at: iso(nowMs), ord }))
  province.send(buildSchedule({ broadcasts, plays }))
  const running = run()
  let printed = ''
  running.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  await begun(cut)
  const id = crypto.randomUUID()
  province.send({ kind: 'command', id, command: 'restart' })
  await province.until(() => province.hub.endsOf(province.deviceId).length === 2)

  const log = (province.hub.logs.get(province.deviceId) ?? []).map(({ entry }) => entry)
  expect(log.flatMap((entry) => (entry.kind === 'note' ? [entry.what] : []))).toEqual(['started', 'stopped', 'started'])
  expect(log.filter(({ kind }) => kind === 'command')).toEqual([{ kind: 'command', id, answer: 'done' }])
  expect(province.hub.endsOf(province.deviceId).map((end) => [end.playId, `${end.state} ${end.reason}`])).toEqual([
    [cut, 'partial restart'],
    [next, 'played '],
  ])
  const timeline = readFileSync(join(folder, 'heard/timeline.jsonl'), 'utf8').trim().split('\n')
  const sounds = timeline.map((line) => JSON.parse(line) as { readonly event: string; readonly playId: string })
  expect(sounds.filter(({ event }) => event === 'began').map(({ playId }) => playId)).toEqual([cut, next])
  // Each program says once that it runs.
  expect(printed.trim().split('\n')).toHaveLength(2)
  expect([running.exitCode, running.signalCode]).toEqual([null, null])
  expect(province.hub.wrong).toEqual([])
  running.kill('SIGTERM')
  expect(await once(running, 'exit')).toEqual([0, null])
})

test('a recording that is no MP3, or another than was signed, is thrown away, told, and does not play', async () => {
  const enrolled = loa('enrol', province.address, 'ONCE', '--data', join(folder, 'device'))
  await once(enrolled, 'exit')
  const zeros = { seconds: 1, ...province.keep(new Uint8Array(4_000)) }
  const good = await recordingOf(1)
  province.recordings.set(good.sha256, new Uint8Array(good.bytes))
  const longer = await recordingOf(2)
  province.recordings.set(longer.sha256, new Uint8Array(longer.bytes + 1))
  const lying = { ...(await recordingOf(3)), seconds: 30 }
  const nowMs = Date.now()
  const valid = { fromMs: nowMs - 3_600_000, untilMs: nowMs + 86_400_000 }
  const broadcasts = [zeros, good, longer, lying].map((file) => buildBroadcast({ ...valid, ...file }))
  province.send(
    buildSchedule({
      broadcasts,
      plays: broadcasts.map(({ id }, ord) => ({ id: crypto.randomUUID(), broadcastId: id, at: iso(nowMs), ord })),
    }),
  )
  run()
  const told = () => province.hub.refusalsOf(province.deviceId)
  await province.until(() => told().length >= 4)
  expect(told().map((words) => words.split(': ')[1])).toEqual(['not_mp3', 'wrong_hash', 'too_long', 'wrong_length'])
  expect(existsSync(join(folder, 'heard/timeline.jsonl'))).toBe(false)
})

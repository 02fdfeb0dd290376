import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { boardSender } from '../../../channels/board/board-sender.ts'
import { expectDevice, planeShowings, proofsOf, registerBoard, type Board } from '../../../core/board/index.ts'
import type { Id } from '../../../core/kernel/index.ts'
import {
  deliveriesOf,
  followersOf,
  pressRelease,
  proposeRelease,
  recallRelease,
  sendWith,
  workLedger,
  type Lane,
} from '../../../core/release/index.ts'
import { faultsOf, makeEnrolment, revokeDevice } from '../../../core/station/index.ts'
import { listen } from '../../../platform/database/index.ts'
import { openBroker, type Broker } from '../../../platform/speakers/broker.ts'
import { keepDoors } from '../../../app/speaker-doors.ts'
import { startSpeakerHub, type Hub } from '../../../app/speaker-hub.ts'
import { speakerBoards, speakerProgramme } from '../../../app/speakers.ts'
import { approvedNotice, openReleaseStage } from '../../../app/release.build.ts'
import { servePages } from './pages.build.ts'

const PATIENTLY = { timeout: 40_000, interval: 100 }
const SECONDS = 2
const LETTERS = 16

let stage: Awaited<ReturnType<typeof openReleaseStage>>
let hub: Hub<Broker>
let pages: Awaited<ReturnType<typeof servePages>>
let folder: string
let boardId: Board['outletId']
let deviceId: Id<'device'>
let ordinary: Id<'release'>
let port = 0
const children: ChildProcess[] = []

beforeAll(async () => {
  stage = await openReleaseStage({ now: () => new Date() }, [])
  sendWith(boardSender)
  folder = await mkdtemp(join(tmpdir(), 'loa-board-'))
  pages = await servePages(stage.ctx)
  const of = { name: 'Bảng chữ chợ phiên', place: '02683', organisation: 'UBND-02683' }
  boardId = await registerBoard(stage.system, { ...of, code: 'BDT-1', takes: 'line', letters: LETTERS })
  deviceId = await expectDevice(stage.system, { outletId: boardId, code: 'BDT-1-LED' })
  hub = await start()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await hub.close()
  await pages.close()
  await stage.database.close()
  await rm(folder, { recursive: true, force: true })
})

function start(): Promise<Hub<Broker>> {
  return startSpeakerHub({
    ctx: stage.ctx,
    listen: (name, heard) => listen(stage.database.url, name, heard),
    programme: speakerProgramme,
    boards: {
      ...speakerBoards,
      // Turns that a test can wait for.
      async showingsOf(ctx, id) {
        const found = await planeShowings(ctx, id)
        return found && { ...found, showings: found.showings.map((one) => ({ ...one, seconds: SECONDS })) }
      },
    },
    async open(door, ears) {
      const broker = await openBroker({ port, host: '127.0.0.1', portIsFixed: port !== 0, tls: null, door, ears })
      port = broker.port
      keepDoors({ mqtt: `mqtt://127.0.0.1:${port}`, audio: `${pages.address}/speaker/audio` })
      return broker
    },
  })
}

function loa(...args: string[]): ChildProcess {
  const main = join(import.meta.dirname, '../../../cli/main.ts')
  const child = spawn(process.execPath, [main, 'board', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  children.push(child)
  return child
}

/** The panel: a program that takes lines. */
function runs(): ChildProcess {
  const panel = join(folder, 'panel')
  writeFileSync(panel, `#!/bin/sh\nexec cat >> '${folder}/lamps'\n`)
  chmodSync(panel, 0o700)
  return loa('run', '--data', join(folder, 'device'), '--line-to', panel)
}

const lamps = () => (existsSync(join(folder, 'lamps')) ? readFileSync(join(folder, 'lamps'), 'utf8').split('\n') : [])
/** What stands there now: the line that was written last. */
const nowOn = () => lamps().at(-2) ?? ''
const stands = (words: RegExp) => vi.waitFor(() => expect(nowOn()).toMatch(words), { timeout: 40_000, interval: 20 })

async function released(title: string, lane: Lane = 'ordinary'): Promise<Id<'release'>> {
  const { ctx, writer, leader, system } = stage
  const messageId = await approvedNotice(writer, leader, stage.bodyOf('SVHTTDL-LC-2025'), ['board'], title)
  const isEmergency = lane === 'emergency'
  const wish = { messageId, channels: ['board' as const], startsAt: ctx.clock.now(), lane, words: 'Hiện' }
  const laneReason = isEmergency ? 'Lũ quét' : ''
  const releaseId = await proposeRelease(isEmergency ? leader : writer, { ...wish, laneReason })
  await pressRelease(isEmergency ? system : leader, { releaseId })
  await work(releaseId)
  return releaseId
}

/** Lets the minute pass in which it may be undone, and works. */
async function work(releaseId: Id<'release'>): Promise<void> {
  const dueAt = stage.ctx.clock.now()
  await stage.ctx.db.updateTable('delivery').set({ dueAt }).where('releaseId', '=', releaseId).execute()
  while ((await workLedger(stage.ctx)) > 0);
}

const stateOf = async (releaseId: Id<'release'>) => {
  const all = { state: null, channel: null, by: 'outlet' } as const
  return (await deliveriesOf(stage.ctx.db, releaseId, all, null, 10)).map(({ state }) => state)
}
const becomes = (releaseId: Id<'release'>, state: string) =>
  vi.waitFor(async () => expect(await stateOf(releaseId)).toEqual([state]), PATIENTLY)
const proofs = () => proofsOf(stage.ctx.db, boardId, 1_000)

test('a board enrols, shows the approved line as its panel can, and its signed word closes the row', async () => {
  const { code } = await makeEnrolment(stage.system, { deviceId })
  const enrolled = loa('enrol', `${pages.address}/speaker/enrol#${code}`, '--data', join(folder, 'device'))
  expect(await once(enrolled, 'exit')).toEqual([0, null])
  ordinary = await released('Cảnh giác việc nhẹ lương cao ở nước ngoài')
  expect(await stateOf(ordinary)).toEqual(['accepted'])
  runs()
  await becomes(ordinary, 'delivered')
  const [row] = await proofs()
  expect(row).toMatchObject({ doubt: '' })
  expect(row!.words).toMatch(/^Cảnh giác việc nhẹ lương cao/)
  const lines = lamps().filter(Boolean)
  expect(lines.every((line) => [...line].length <= LETTERS)).toBe(true)
  expect(lines.join(' ')).toContain('Cảnh giác việc nhẹ lương cao ở nước ngoài'.slice(0, LETTERS).trim())
})

test('an emergency takes all of it, recalled it is gone, which is proved, and what stood before stands again', async () => {
  const emergency = await released('LŨ QUÉT', 'emergency')
  await stands(/^LŨ QUÉT/)
  const from = lamps().length
  await becomes(emergency, 'delivered')
  expect(
    lamps()
      .slice(from - 1)
      .filter((line) => line.startsWith('Cảnh giác')),
  ).toEqual([])
  await recallRelease(stage.leader, { releaseId: emergency, reason: 'Nước đã rút', words: 'Gỡ' })
  const recall = (await followersOf(stage.ctx.db, emergency))[0]!.id
  await work(recall)
  await becomes(recall, 'delivered')
  await stands(/^Cảnh giác/)
})

test('killed, and with nobody to ask, it shows on from its disk, and tells of that when the province is back', async () => {
  const before = (await proofs()).length
  for (const child of children) child.kill('SIGKILL')
  await hub.close()
  const from = lamps().length
  const alone = runs()
  await vi.waitFor(
    () =>
      expect(
        lamps()
          .slice(from)
          .filter((line) => line.startsWith('Cảnh giác')).length,
      ).toBeGreaterThan(1),
    {
      ...PATIENTLY,
    },
  )
  hub = await start()
  await vi.waitFor(async () => expect((await proofs()).length).toBeGreaterThan(before), PATIENTLY)
  // A turn that was broken in upon is too short to count.
  expect((await proofs()).filter(({ doubt }) => !['', 'too_short'].includes(doubt))).toEqual([])
  expect(await faultsOf(stage.ctx.db, boardId)).toEqual([])
  expect(alone.exitCode).toBeNull()
})

test('revoked, it goes dark for good', async () => {
  const running = children.at(-1)!
  const ended = once(running, 'exit')
  await revokeDevice(stage.system, { deviceId, reason: 'mất cắp' })
  expect(await ended).toEqual([0, null])
  expect(nowOn()).toBe('')
  const again = runs()
  expect(await once(again, 'exit')).toEqual([0, null])
  expect(nowOn()).toBe('')
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { alarmsWhere, beat, keepSchedules, noteRun, setPatience } from '../core/alarm/index.ts'
import { outletsWhere, pauseOutlet, resumeOutlet } from '../core/outlet/index.ts'
import {
  cancelRelease,
  deliveriesOf,
  pauseRelease,
  resolveUnknown,
  resumeRelease,
  workLedger,
} from '../core/release/index.ts'
import { openAlarmStage, START, type AlarmStage } from './alarms.build.ts'

let here: AlarmStage
let stage: AlarmStage['stage']

beforeAll(async () => {
  here = await openAlarmStage()
  stage = here.stage
})
afterAll(() => stage.database.close())
beforeEach(() => here.afresh())

describe('rows that are due and do not leave', () => {
  test('are an alarm after a minute, by release and channel, once; it is over when they leave', async () => {
    await here.aWorker()
    const releaseId = await here.released()
    here.after(60)
    await here.look()
    expect(await here.kinds()).toEqual([])
    here.after(59)
    await here.look()
    expect(await here.kinds()).toEqual([])
    here.after(1)
    expect(await here.look()).toEqual({ raised: 2, cleared: 0 })
    here.after(15)
    expect(await here.look()).toEqual({ raised: 0, cleared: 0 })
    const late = await alarmsWhere(stage.ctx.db, { open: true, releaseId }, null, 5)
    expect(Object.fromEntries(late.map(({ facts }) => [facts['channel'], facts['waiting']]))).toEqual({
      portal: 2,
      loudspeaker: 1,
    })
    expect(late.every(({ since }) => since.getTime() === Date.parse('2026-11-24T02:01:00Z'))).toBe(true)
    await workLedger(stage.ctx)
    expect(await here.look()).toEqual({ raised: 0, cleared: 2 })
  })

  test('are none while they wait for the end of quiet hours, for their wave, for a release or an outlet taken up again', async () => {
    await here.aWorker()
    const releaseId = await here.released({ waveCount: 3, waveMinutes: 120 })
    here.after(60)
    await workLedger(stage.ctx)
    here.after(600)
    await here.look()
    expect(await here.kinds()).toEqual([])
    await pauseRelease(stage.writer, { releaseId })
    here.clock.set('2026-11-24T12:00:00Z')
    await here.look()
    here.after(120)
    await here.look()
    expect(await here.kinds()).toEqual([])
    const outlets = await outletsWhere(stage.ctx.db, { day: '2026-11-24' }, null, 10)
    for (const { id } of outlets) await pauseOutlet(stage.system, { outletId: id, reason: 'Sửa' })
    await resumeRelease(stage.writer, { releaseId })
    await here.look()
    here.after(120)
    await here.look()
    expect(await here.kinds()).toEqual([])
    for (const { id } of outlets) await resumeOutlet(stage.system, { outletId: id })
    await here.look()
    here.after(120)
    await here.look()
    expect(new Set(await here.kinds())).toEqual(new Set(['row_late']))
    await cancelRelease(stage.writer, { releaseId, reason: 'Thôi' })
    await here.look()
    expect(await here.kinds()).toEqual([])
  })

  test('are none in a queue that moves, however long it is', async () => {
    await here.aWorker()
    here.answers({ kind: 'postponed', until: new Date('2026-11-25T00:00:00Z'), reason: 'busy' })
    await here.released({ channels: ['portal'] })
    const second = await here.released({ channels: ['portal'] })
    await pauseRelease(stage.writer, { releaseId: second })
    here.after(300)
    await here.look()
    here.after(45)
    await workLedger(stage.ctx)
    await resumeRelease(stage.writer, { releaseId: second })
    await here.look()
    here.after(45)
    await here.look()
    expect(await here.kinds()).toEqual([])
  })
})

describe('work without a worker', () => {
  test('is an alarm for the ledger and for jobs, each by itself, and over with the first heartbeat', async () => {
    await here.released()
    here.after(120)
    await here.look(new Date(START))
    expect(await here.kinds()).toEqual(['no_worker', 'no_worker'])
    const id = await here.aWorker()
    await here.look(new Date(START))
    expect(await here.kinds()).not.toContain('no_worker')
    await sql`update worker set started_at = started_at - interval '1 minute', seen_at = seen_at - interval '31 seconds'`.execute(
      stage.ctx.db,
    )
    await here.look(new Date(START))
    expect(await here.kinds()).toContain('no_worker')
    await beat(stage.ctx.db, id)
    await here.look(new Date(START))
    expect(await here.kinds()).not.toContain('no_worker')
  })

  test('is none when nothing waits', async () => {
    await here.look()
    here.after(3_600)
    await here.look()
    expect(await here.open()).toEqual([])
  })
})

test('a schedule that did not run is an alarm until it does', async () => {
  await keepSchedules(stage.ctx.db, [{ job: 'task.remind', every: '0 7 * * *' }], new Date('2026-11-20T00:00:00Z'))
  await noteRun(stage.ctx.db, 'task.remind', new Date('2026-11-23T00:00:10Z'))
  await here.look()
  expect(await here.open()).toMatchObject([
    { kind: 'schedule_late', subject: 'task.remind', since: new Date('2026-11-24T00:00:00Z') },
  ])
  await noteRun(stage.ctx.db, 'task.remind', here.clock.now())
  await here.look()
  expect(await here.open()).toEqual([])
})

describe('an outlet', () => {
  test('that takes nothing for hours is an alarm; a good word ends it', async () => {
    await here.aWorker()
    here.answers({ kind: 'refused', reason: 'gone' })
    await here.released({ channels: ['portal'] })
    here.after(61)
    await workLedger(stage.ctx)
    here.after(5 * 3_600)
    await here.look()
    expect(await here.kinds()).not.toContain('outlet_silent')
    here.after(3_600)
    await here.look()
    expect(await here.open()).toMatchObject([{ kind: 'outlet_silent', facts: { outlet: 'CONG', channel: 'portal' } }])
    here.answers({ kind: 'delivered' })
    await here.released({ channels: ['portal'] })
    here.after(61)
    await workLedger(stage.ctx)
    await here.look()
    expect(await here.kinds()).not.toContain('outlet_silent')
  })

  test('that puts everything off is one as well, after the hours that were set', async () => {
    await here.aWorker()
    await setPatience(stage.system, { outlet_silent: 1, people_silent: 48, unknown_waiting: 4, device_silent: 1 })
    here.answers({ kind: 'postponed', until: here.clock.now(), reason: 'busy' })
    await here.released({ channels: ['portal'] })
    here.after(61)
    await workLedger(stage.ctx)
    for (let quarter = 0; quarter < 5; quarter += 1) {
      here.after(900)
      await workLedger(stage.ctx)
    }
    await here.look()
    expect(await here.kinds()).toEqual(['outlet_silent'])
  })

  test('whose people show nothing for their task is one two days after it was due', async () => {
    await here.aWorker()
    await here.released({ channels: ['loudspeaker'], endsAt: new Date('2026-11-25T10:00:00Z') })
    here.after(61)
    await workLedger(stage.ctx)
    here.clock.set('2026-11-27T16:59:00Z')
    await here.look()
    expect(await here.kinds()).toEqual([])
    here.clock.set('2026-11-27T17:01:00Z')
    await here.look()
    expect(await here.open()).toMatchObject([{ kind: 'people_silent', facts: { outlet: 'LOA-1' } }])
  })
})

test('an outcome nobody has looked into is an alarm hours after its deadline, until a person says what became of it', async () => {
  await here.aWorker()
  here.answers({ kind: 'unknown', reason: 'no_answer' })
  const releaseId = await here.released({ channels: ['portal'] })
  here.after(61)
  await workLedger(stage.ctx)
  here.after(27 * 3_600)
  await here.look()
  expect(await here.kinds()).not.toContain('unknown_waiting')
  here.after(2 * 3_600)
  await here.look()
  await workLedger(stage.ctx)
  expect(await alarmsWhere(stage.ctx.db, { open: true, releaseId, kinds: ['unknown_waiting'] }, null, 5)).toMatchObject(
    [{ kind: 'unknown_waiting', facts: { count: 1 } }],
  )
  const [row] = await deliveriesOf(stage.ctx.db, releaseId, { state: 'unknown', channel: null, by: 'outlet' }, null, 5)
  await resolveUnknown(stage.writer, { releaseId, deliveryId: row!.id, arrived: true, note: 'Đã thấy' })
  await here.look()
  expect(await here.kinds()).not.toContain('unknown_waiting')
})

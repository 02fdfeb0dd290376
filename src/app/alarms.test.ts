import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import {
  alarmsWhere,
  beat,
  insertWorker,
  keepSchedules,
  noteRun,
  setPatience,
  tellAlarms,
  waitingFor,
  watchOver,
  type Alarm,
} from '../core/alarm/index.ts'
import { newId, type Id } from '../core/kernel/index.ts'
import { outletsWhere, pauseOutlet, resumeOutlet } from '../core/outlet/index.ts'
import {
  cancelRelease,
  deliveriesOf,
  pauseRelease,
  resolveUnknown,
  resumeRelease,
  sendWith,
  workLedger,
  type Outcome,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage, type ReleaseStage } from './release.build.ts'
import { noticeOf } from './tell-by-mail.ts'
import { readWording } from './wording/read-wording.ts'

/** Nine in the morning in Vietnam: of the two machines of the stage one keeps quiet until six in the evening. */
const START = '2026-11-24T02:00:00Z'
const clock = stillClock(START)
let stage: ReleaseStage
let answer: Outcome

beforeAll(async () => {
  stage = await openReleaseStage(clock, FEW_OUTLETS)
  sendWith({
    channel: 'portal',
    repeatable: true,
    withdraws: true,
    batch: 10,
    send: async (_ctx, rows) => rows.map(() => answer),
  })
})
afterAll(() => stage.database.close())
beforeEach(async () => {
  clock.set(START)
  answer = { kind: 'delivered' }
  await sql`truncate alarm_telling, alarm, alarm_patience, channel_pulse, schedule, worker`.execute(stage.ctx.db)
  // What a test before this one has left in the ledger is none of its business.
  await sql`truncate delivery, delivery_event, release_count, release_expansion cascade`.execute(stage.ctx.db)
})

const after = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
const look = (jobsWait: Date | null = null) => watchOver(stage.ctx, () => Promise.resolve(jobsWait))
const open = async (): Promise<Alarm[]> => alarmsWhere(stage.ctx.db, { open: true }, null, 50)
const kinds = async () => (await open()).map(({ kind }) => kind).sort()
const wish = {
  channels: ['portal' as const, 'loudspeaker' as const],
  startsAt: new Date('2026-11-24T00:00:00Z'),
  words: 'Phát',
}
const released = (more: object = {}) => stage.released({ ...wish, ...more })
async function aWorker(): Promise<Id<'worker'>> {
  const id = newId<'worker'>()
  await insertWorker(stage.ctx.db, { id, host: 'here', pid: 1, works: ['ledger', 'jobs'] })
  return id
}

describe('rows that are due and do not leave', () => {
  test('are an alarm after a minute, by release and channel, once; it is over when they leave', async () => {
    await aWorker()
    const releaseId = await released()
    after(60)
    await look()
    expect(await kinds()).toEqual([])
    after(59)
    await look()
    expect(await kinds()).toEqual([])
    after(1)
    expect(await look()).toEqual({ raised: 2, cleared: 0 })
    after(15)
    expect(await look()).toEqual({ raised: 0, cleared: 0 })
    const late = await alarmsWhere(stage.ctx.db, { open: true, releaseId }, null, 5)
    expect(Object.fromEntries(late.map(({ facts }) => [facts['channel'], facts['waiting']]))).toEqual({
      portal: 2,
      loudspeaker: 1,
    })
    expect(late.every(({ since }) => since.getTime() === Date.parse('2026-11-24T02:01:00Z'))).toBe(true)
    await workLedger(stage.ctx)
    expect(await look()).toEqual({ raised: 0, cleared: 2 })
  })

  test('are none while they wait for the end of quiet hours, for their wave, for a release or an outlet taken up again', async () => {
    await aWorker()
    const releaseId = await released({ waveCount: 3, waveMinutes: 120 })
    after(60)
    await workLedger(stage.ctx)
    after(600)
    await look()
    expect(await kinds()).toEqual([])
    await pauseRelease(stage.writer, { releaseId })
    clock.set('2026-11-24T12:00:00Z')
    await look()
    after(120)
    await look()
    expect(await kinds()).toEqual([])
    const outlets = await outletsWhere(stage.ctx.db, { day: '2026-11-24' }, null, 10)
    for (const { id } of outlets) await pauseOutlet(stage.system, { outletId: id, reason: 'Sửa' })
    await resumeRelease(stage.writer, { releaseId })
    await look()
    after(120)
    await look()
    expect(await kinds()).toEqual([])
    for (const { id } of outlets) await resumeOutlet(stage.system, { outletId: id })
    await look()
    after(120)
    await look()
    expect(new Set(await kinds())).toEqual(new Set(['row_late']))
    await cancelRelease(stage.writer, { releaseId, reason: 'Thôi' })
    await look()
    expect(await kinds()).toEqual([])
  })

  test('are none in a queue that moves, however long it is', async () => {
    await aWorker()
    answer = { kind: 'postponed', until: new Date('2026-11-25T00:00:00Z'), reason: 'busy' }
    await released({ channels: ['portal'] })
    const second = await released({ channels: ['portal'] })
    await pauseRelease(stage.writer, { releaseId: second })
    after(300)
    await look()
    after(45)
    await workLedger(stage.ctx)
    await resumeRelease(stage.writer, { releaseId: second })
    await look()
    after(45)
    await look()
    expect(await kinds()).toEqual([])
  })
})

describe('work without a worker', () => {
  test('is an alarm for the ledger and for jobs, each by itself, and over with the first heartbeat', async () => {
    await released()
    after(120)
    await look(new Date(START))
    expect(await kinds()).toEqual(['no_worker', 'no_worker'])
    const id = await aWorker()
    await look(new Date(START))
    expect(await kinds()).not.toContain('no_worker')
    await sql`update worker set started_at = started_at - interval '1 minute', seen_at = seen_at - interval '31 seconds'`.execute(
      stage.ctx.db,
    )
    await look(new Date(START))
    expect(await kinds()).toContain('no_worker')
    await beat(stage.ctx.db, id)
    await look(new Date(START))
    expect(await kinds()).not.toContain('no_worker')
  })

  test('is none when nothing waits', async () => {
    await look()
    after(3_600)
    await look()
    expect(await open()).toEqual([])
  })
})

test('a schedule that did not run is an alarm until it does', async () => {
  await keepSchedules(stage.ctx.db, [{ job: 'task.remind', every: '0 7 * * *' }], new Date('2026-11-20T00:00:00Z'))
  await noteRun(stage.ctx.db, 'task.remind', new Date('2026-11-23T00:00:10Z'))
  await look()
  expect(await open()).toMatchObject([
    { kind: 'schedule_late', subject: 'task.remind', since: new Date('2026-11-24T00:00:00Z') },
  ])
  await noteRun(stage.ctx.db, 'task.remind', clock.now())
  await look()
  expect(await open()).toEqual([])
})

describe('an outlet', () => {
  test('that takes nothing for hours is an alarm; a good word ends it', async () => {
    await aWorker()
    answer = { kind: 'refused', reason: 'gone' }
    await released({ channels: ['portal'] })
    after(61)
    await workLedger(stage.ctx)
    after(5 * 3_600)
    await look()
    expect(await kinds()).not.toContain('outlet_silent')
    after(3_600)
    await look()
    expect(await open()).toMatchObject([{ kind: 'outlet_silent', facts: { outlet: 'CONG', channel: 'portal' } }])
    answer = { kind: 'delivered' }
    await released({ channels: ['portal'] })
    after(61)
    await workLedger(stage.ctx)
    await look()
    expect(await kinds()).not.toContain('outlet_silent')
  })

  test('that puts everything off is one as well, after the hours that were set', async () => {
    await aWorker()
    await setPatience(stage.system, { outlet_silent: 1, people_silent: 48, unknown_waiting: 4 })
    answer = { kind: 'postponed', until: clock.now(), reason: 'busy' }
    await released({ channels: ['portal'] })
    after(61)
    await workLedger(stage.ctx)
    for (let quarter = 0; quarter < 5; quarter += 1) {
      after(900)
      await workLedger(stage.ctx)
    }
    await look()
    expect(await kinds()).toEqual(['outlet_silent'])
  })

  test('whose people show nothing for their task is one two days after it was due', async () => {
    await aWorker()
    await released({ channels: ['loudspeaker'], endsAt: new Date('2026-11-25T10:00:00Z') })
    after(61)
    await workLedger(stage.ctx)
    clock.set('2026-11-27T16:59:00Z')
    await look()
    expect(await kinds()).toEqual([])
    clock.set('2026-11-27T17:01:00Z')
    await look()
    expect(await open()).toMatchObject([{ kind: 'people_silent', facts: { outlet: 'LOA-1' } }])
  })
})

test('an outcome nobody has looked into is an alarm hours after its deadline, until a person says what became of it', async () => {
  await aWorker()
  answer = { kind: 'unknown', reason: 'no_answer' }
  const releaseId = await released({ channels: ['portal'] })
  after(61)
  await workLedger(stage.ctx)
  after(27 * 3_600)
  await look()
  expect(await kinds()).not.toContain('unknown_waiting')
  after(2 * 3_600)
  await look()
  await workLedger(stage.ctx)
  expect(await alarmsWhere(stage.ctx.db, { open: true, releaseId, kinds: ['unknown_waiting'] }, null, 5)).toMatchObject(
    [{ kind: 'unknown_waiting', facts: { count: 1 } }],
  )
  const [row] = await deliveriesOf(stage.ctx.db, releaseId, { state: 'unknown', channel: null, by: 'outlet' }, null, 5)
  await resolveUnknown(stage.writer, { releaseId, deliveryId: row!.id, arrived: true, note: 'Đã thấy' })
  await look()
  expect(await kinds()).not.toContain('unknown_waiting')
})

describe('those responsible', () => {
  interface Told {
    readonly person: Id<'person'>
    readonly alarms: readonly Alarm[]
  }
  let told: Told[]
  let closed = new Set<string>()
  const by = {
    async tell(_ctx: unknown, person: Id<'person'>, alarms: readonly Alarm[]) {
      if (closed.has(person)) throw new Error('the mail is closed')
      told.push({ person, alarms })
      return true
    },
  }
  beforeEach(() => {
    told = []
    closed = new Set()
  })
  const idOf = (ctx: { readonly actor: { readonly kind: string; readonly personId?: Id<'person'> } }) =>
    ctx.actor.personId!

  test('are told of it once, all of theirs in one notice; one that comes back at once is the same', async () => {
    await aWorker()
    await released()
    after(60)
    await look()
    after(60)
    await look()
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
    await sql`insert into membership (id, person_id, organisation_id, role, from_day)
      select gen_random_uuid(), person.id, organisation.id, role, '2026-01-01' from organisation cross join (values ('hoa', 'campaign_officer'), ('thang', 'leader')) as held (username, role)
      join person on person.username = held.username where organisation.code = 'SVHTTDL-LC-2025'`.execute(stage.ctx.db)
    after(61)
    expect(await tellAlarms(stage.ctx, by)).toBe(2)
    expect(told.map(({ alarms }) => alarms.length)).toEqual([2, 2])
    await workLedger(stage.ctx)
    await look()
    expect(await open()).toEqual([])
    expect((await alarmsWhere(stage.ctx.db, { open: false }, null, 5)).every(({ toldAt }) => toldAt !== null)).toBe(
      true,
    )
    after(86_400)
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
  })

  test('are told again later when it could not be done, and nobody twice', async () => {
    await aWorker()
    await released({ channels: ['portal'] })
    after(60)
    await look()
    after(60)
    await look()
    closed.add(idOf(stage.leader))
    expect(await tellAlarms(stage.ctx, by)).toBe(1)
    expect((await open())[0]?.toldAt).toBeNull()
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
    closed.clear()
    after(61)
    expect(await tellAlarms(stage.ctx, by)).toBe(1)
    expect(told.map(({ person }) => person).sort()).toEqual([idOf(stage.writer), idOf(stage.leader)].sort())
    expect((await open())[0]?.toldAt).toEqual(clock.now())
  })

  test('see it on their first page, and others do not', async () => {
    await aWorker()
    await released({ channels: ['portal'] })
    after(60)
    await look()
    after(60)
    await look()
    expect(await waitingFor(stage.writer)).toEqual([
      { wording: 'alarm_waiting_row_late', facts: { count: 1 }, path: '/alarms?kind=row_late', due: null },
    ])
    expect(await waitingFor(stage.commune)).toEqual([])
  })

  test('read in their notice what has happened, since when, and what to do', async () => {
    await aWorker()
    await released({ channels: ['portal'] })
    after(60)
    await look()
    after(60)
    await look()
    const { subject, text } = noticeOf(readWording('vi'), await open(), 'https://loa.example')
    expect(subject).toBe('Loa: 1 cảnh báo cần xem')
    expect(text).toContain('Lượt chuyển qua cổng, trang thông tin điện tử đã đến giờ mà chưa đi; 2 lượt đang chờ.')
    expect(text).toContain('09:01')
    expect(text).toContain('https://loa.example/alarms')
  })
})

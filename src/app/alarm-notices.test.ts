import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alarmsWhere, tellAlarms, waitingFor, type Alarm } from '../core/alarm/index.ts'
import type { Id } from '../core/kernel/index.ts'
import { workLedger } from '../core/release/index.ts'
import { openAlarmStage, type AlarmStage } from './alarms.build.ts'
import { noticeOf } from './tell-by-mail.ts'
import { readWording } from './wording/read-wording.ts'

let here: AlarmStage
let stage: AlarmStage['stage']

beforeAll(async () => {
  here = await openAlarmStage()
  stage = here.stage
})
afterAll(() => stage.database.close())
beforeEach(() => here.afresh())

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
  /** A release that is due and does not leave, though a worker lives: looked at until it is an alarm. */
  async function lateRelease(more: object = {}): Promise<void> {
    await here.aWorker()
    await here.released(more)
    for (const _look of [1, 2]) {
      here.after(60)
      await here.look()
    }
  }
  const idOf = (ctx: { readonly actor: { readonly kind: string; readonly personId?: Id<'person'> } }) =>
    ctx.actor.personId!

  test('are told of it once, all of theirs in one notice; one that comes back at once is the same', async () => {
    await lateRelease()
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
    await sql`insert into membership (id, person_id, organisation_id, role, from_day)
      select gen_random_uuid(), person.id, organisation.id, role, '2026-01-01' from organisation cross join (values ('hoa', 'campaign_officer'), ('thang', 'leader')) as held (username, role)
      join person on person.username = held.username where organisation.code = 'SVHTTDL-LC-2025'`.execute(stage.ctx.db)
    here.after(61)
    expect(await tellAlarms(stage.ctx, by)).toBe(2)
    expect(told.map(({ alarms }) => alarms.length)).toEqual([2, 2])
    await workLedger(stage.ctx)
    await here.look()
    expect(await here.open()).toEqual([])
    expect((await alarmsWhere(stage.ctx.db, { open: false }, null, 5)).every(({ toldAt }) => toldAt !== null)).toBe(
      true,
    )
    here.after(86_400)
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
  })

  test('are told again later when it could not be done, and nobody twice', async () => {
    await lateRelease({ channels: ['portal'] })
    closed.add(idOf(stage.leader))
    expect(await tellAlarms(stage.ctx, by)).toBe(1)
    expect((await here.open())[0]?.toldAt).toBeNull()
    expect(await tellAlarms(stage.ctx, by)).toBe(0)
    closed.clear()
    here.after(61)
    expect(await tellAlarms(stage.ctx, by)).toBe(1)
    expect(told.map(({ person }) => person).sort()).toEqual([idOf(stage.writer), idOf(stage.leader)].sort())
    expect((await here.open())[0]?.toldAt).toEqual(here.clock.now())
  })

  test('see it on their first page, and others do not', async () => {
    await lateRelease({ channels: ['portal'] })
    expect(await waitingFor(stage.writer)).toEqual([
      { wording: 'alarm_waiting_row_late', facts: { count: 1 }, path: '/alarms?kind=row_late', due: null },
    ])
    expect(await waitingFor(stage.commune)).toEqual([])
  })

  test('read in their notice what has happened, since when, and what to do', async () => {
    await lateRelease({ channels: ['portal'] })
    const { subject, text } = noticeOf(readWording('vi'), await here.open(), 'https://loa.example')
    expect(subject).toBe('Loa: 1 cảnh báo cần xem')
    expect(text).toContain('Lượt chuyển qua cổng, trang thông tin điện tử đã đến giờ mà chưa đi; 2 lượt đang chờ.')
    expect(text).toContain('09:01')
    expect(text).toMatch(/^ {2}https:\/\/loa\.example\/releases\/[0-9a-f-]{36}$/m)
    expect(text).toContain('https://loa.example/alarms')
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHANNEL_RULES } from '../channels/index.ts'
import type { ChannelKey } from '../core/channel/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import { asSystem, type Ctx, type Id, type Role } from '../core/kernel/index.ts'
import { composeWith, editMessage, messageById } from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { importOutlets, outletsWhere, pauseOutlet, resumeOutlet } from '../core/outlet/index.ts'
import {
  arithmeticOf,
  cancelRelease,
  countsOf,
  deliveriesOf,
  eventsOfDelivery,
  followDeliveryTasks,
  pauseRelease,
  pressRelease,
  previewRelease,
  proposeRelease,
  recallRelease,
  releaseById,
  releasesWhere,
  resolveUnknown,
  resumeRelease,
  sendWith,
  workLedger,
  type Outcome,
  type Sending,
} from '../core/release/index.ts'
import { setSteps } from '../core/review/index.ts'
import { acceptTask, attachOutput, finishTask, reopenTask, taskById } from '../core/task/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { loadReference } from './reference.ts'
import { approvedNotice, outletRow } from './release.build.ts'

let database: TestDatabase
let ctx: Ctx
let bodies: ReadonlyMap<string, Id<'organisation'>>
let writer: Ctx
let leader: Ctx
let commune: Ctx
const clock = stillClock('2026-11-24T02:00:00Z')

/** What a machine at the other end has seen, row by row: counted there, not in our own tables. */
let seen: Map<string, number>
let answer: (row: Sending) => Outcome | 'throw'
let repeatable = true

beforeAll(async () => {
  composeWith(CHANNEL_RULES)
  followDeliveryTasks()
  database = await openTestDatabase()
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  await loadReference(ctx)
  bodies = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'UBND-LC-2025', 'UBND-02683'])
  const cast = castOf(database, { hierarchy: organisationHierarchy })
  const somebody = async (username: string, role: Role, code: string): Promise<Ctx> => {
    const { id } = await cast.someone(username)
    return { ...ctx, actor: person(id, [{ role, organisationId: bodies.get(code)!, delegationId: null }], username) }
  }
  writer = await somebody('hoa', 'campaign_officer', 'SVHTTDL-LC-2025')
  leader = await somebody('thang', 'leader', 'SVHTTDL-LC-2025')
  commune = await somebody('pao', 'field_officer', 'UBND-02683')
  await setSteps(asSystem(ctx, 'test'), {
    messageKind: 'notice',
    steps: [{ ordinal: 1, name: 'lead', role: 'leader', days: 1 }],
  })
  const machine = { channel: 'portal', means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
  const station = { channel: 'loudspeaker', means: 'manual', place: '02683', organisation: 'UBND-02683' }
  await importOutlets(asSystem(ctx, 'test'), {
    rows: [
      outletRow({ ...machine, code: 'CONG' }),
      outletRow({ ...machine, code: 'CONG-2', quiet_from: '08:00', quiet_to: '18:00' }),
      outletRow({ ...station, code: 'LOA-1' }),
      outletRow({ ...station, code: 'LOA-2', alive_to: '2026-01-01' }),
    ],
  })
  const sender = {
    channel: 'portal' as const,
    get repeatable() {
      return repeatable
    },
    batch: 10,
    send: async (_ctx: Ctx, rows: readonly Sending[]) =>
      rows.map((row) => {
        const said = answer(row)
        if (said === 'throw') throw new Error('the line went dead')
        seen.set(row.deliveryId, (seen.get(row.deliveryId) ?? 0) + 1)
        return said
      }),
  }
  sendWith(sender)
})
afterAll(() => database.close())
beforeEach(() => {
  clock.set('2026-11-24T02:00:00Z')
  seen = new Map()
  answer = () => ({ kind: 'delivered' })
  repeatable = true
})

const approved = () => approvedNotice(writer, leader, bodies.get('SVHTTDL-LC-2025')!, ['portal', 'loudspeaker'])

const wish = {
  channels: ['portal', 'loudspeaker'] as ChannelKey[],
  startsAt: new Date('2026-11-24T00:00:00Z'),
  words: 'Phát trên loa',
}

async function released(more: Partial<Parameters<typeof proposeRelease>[1]> = {}): Promise<Id<'release'>> {
  const releaseId = await proposeRelease(writer, { ...wish, messageId: await approved(), ...more })
  await pressRelease(leader, { releaseId })
  return releaseId
}

const counts = async (releaseId: Id<'release'>) =>
  Object.fromEntries(Object.entries(await countsOf(ctx.db, releaseId)).filter(([, n]) => n !== 0))
const rows = (releaseId: Id<'release'>) => deliveriesOf(ctx.db, releaseId, { state: null, channel: null }, null, 50)
async function work(): Promise<void> {
  while ((await workLedger(ctx)) > 0);
}

describe('a release', () => {
  test('is previewed row by row before anything is written; quiet hours and what is not spoken are told', async () => {
    const releaseId = await proposeRelease(writer, { ...wish, messageId: await approved() })
    const lines = await previewRelease(ctx, (await releaseById(ctx.db, releaseId))!)
    expect(lines.map(({ channel, outlets, manual, quiet }) => [channel, outlets, manual, quiet])).toEqual([
      ['portal', 2, 0, 1],
      ['loudspeaker', 1, 1, 0],
    ])
    expect(lines.every(({ untold }) => untold > 0)).toBe(true)
    expect(await counts(releaseId)).toEqual({})
  })

  test('needs an approval, a second person, and a leader with a reason for an emergency', async () => {
    const messageId = await approved()
    const releaseId = await proposeRelease(writer, { ...wish, messageId })
    await expect(pressRelease(writer, { releaseId })).rejects.toMatchObject({ code: 'release.second_person' })
    const urgent = { ...wish, messageId, lane: 'emergency' as const, laneReason: 'Lũ' }
    await expect(proposeRelease(writer, urgent)).rejects.toMatchObject({ code: 'release.emergency_leader' })
    await expect(proposeRelease(leader, { ...urgent, laneReason: '' })).rejects.toMatchObject({
      code: 'input.required',
    })
    const { currentVersion, kind, workingTitle } = (await messageById(ctx.db, messageId))!
    await editMessage(writer, {
      messageId,
      kind,
      workingTitle,
      title: 'Khác',
      lead: '',
      body: 'Khác.',
      callToAction: 'Gọi {{111}}.',
      basedOn: currentVersion,
    })
    await expect(pressRelease(leader, { releaseId })).rejects.toMatchObject({ code: 'release.void' })
    await expect(proposeRelease(writer, { ...wish, messageId })).rejects.toMatchObject({ code: 'release.not_approved' })
  })

  test('moves nothing for a minute; undone in it, every row is cancelled and none was sent', async () => {
    const releaseId = await released()
    expect(await counts(releaseId)).toEqual({ planned: 3 })
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 3 })
    expect(await cancelRelease(writer, { releaseId, reason: 'Nhầm' })).toBe(3)
    clock.set('2026-11-25T00:00:00Z')
    await work()
    expect([await counts(releaseId), seen.size]).toEqual([{ cancelled: 3 }, 0])
  })

  test('reaches machines and people, each once; quiet hours are waited for; it is finished by arithmetic', async () => {
    const releaseId = await released()
    clock.set('2026-11-24T02:02:00Z')
    await work()
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 1, accepted: 1, delivered: 1 })
    clock.set('2026-11-24T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ accepted: 1, delivered: 2 })
    expect([...seen.values()]).toEqual([1, 1])
    expect(arithmeticOf(await countsOf(ctx.db, releaseId))).toEqual({ planned: 3, closed: 2, open: 1, finished: false })
    const manual = (await rows(releaseId)).find(({ means }) => means === 'manual')!
    const taskId = manual.taskId!
    expect(await taskById(ctx.db, taskId)).toMatchObject({
      organisationId: bodies.get('UBND-02683'),
      detail: 'Phát trên loa – LOA-1',
    })
    await acceptTask(commune, { taskId })
    await attachOutput(commune, { taskId, kind: 'note', title: 'Đã phát', value: '16 giờ 30' })
    await finishTask(commune, { taskId })
    expect(arithmeticOf(await countsOf(ctx.db, releaseId)).finished).toBe(true)
    await reopenTask(commune, { taskId, reason: 'Nhầm' })
    expect(arithmeticOf(await countsOf(ctx.db, releaseId)).finished).toBe(false)
  })

  test('waits while it or an outlet is paused, and expires for good when its time is over', async () => {
    const releaseId = await released({ channels: ['portal'], endsAt: new Date('2026-11-24T12:00:00Z') })
    const [first] = await outletsWhere(ctx.db, { channel: 'portal', day: '2026-11-24' }, null, 1)
    await pauseRelease(writer, { releaseId })
    clock.set('2026-11-24T11:30:00Z')
    await work()
    expect(seen.size).toBe(0)
    await pauseOutlet(asSystem(ctx, 'test'), { outletId: first!.id, reason: 'Sửa máy' })
    await resumeRelease(writer, { releaseId })
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 1, delivered: 1 })
    clock.set('2026-11-24T12:00:01Z')
    await resumeOutlet(asSystem(ctx, 'test'), { outletId: first!.id })
    await work()
    expect(await counts(releaseId)).toEqual({ expired: 1, delivered: 1 })
  })

  test('of an edited message stops at the next row: the approval is looked at again at each send', async () => {
    const releaseId = await released({ channels: ['portal'] })
    const { messageId } = (await releaseById(ctx.db, releaseId))!
    const { currentVersion, kind, workingTitle } = (await messageById(ctx.db, messageId))!
    await editMessage(writer, {
      messageId,
      kind,
      workingTitle,
      title: 'Khác',
      lead: '',
      body: 'Khác.',
      callToAction: 'Gọi {{111}}.',
      basedOn: currentVersion,
    })
    clock.set('2026-11-24T12:00:00Z')
    await work()
    expect([await counts(releaseId), seen.size]).toEqual([{ cancelled: 2 }, 0])
  })

  test('is recalled from exactly those who have it', async () => {
    const releaseId = await released()
    clock.set('2026-11-24T02:02:00Z')
    await work()
    expect(await recallRelease(leader, { releaseId, reason: 'Sai số', words: 'Gỡ xuống' })).toBe(2)
    expect(await counts(releaseId)).toEqual({ cancelled: 1, accepted: 1, delivered: 1 })
    const [recall] = await releasesWhere(ctx.db, (await releaseById(ctx.db, releaseId))!.messageId, null, 1)
    await work()
    expect(recall?.kind).toBe('recall')
    expect((await rows(recall!.id)).map(({ code, state }) => [code, state])).toEqual([
      ['CONG', 'delivered'],
      ['LOA-1', 'accepted'],
    ])
  })
})

describe('an outcome', () => {
  test('nobody knows of is never tried again; a person says what became of it', async () => {
    repeatable = false
    answer = () => 'throw'
    const releaseId = await released({ channels: ['portal'] })
    clock.set('2026-11-24T11:00:00Z')
    await work()
    clock.set('2026-11-25T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ unknown: 2 })
    const [one, other] = await rows(releaseId)
    await resolveUnknown(writer, { releaseId, deliveryId: one!.id, arrived: true, note: 'Đã thấy trên trang' })
    await resolveUnknown(writer, { releaseId, deliveryId: other!.id, arrived: false, note: 'Không thấy' })
    answer = () => ({ kind: 'delivered' })
    await work()
    expect(await counts(releaseId)).toEqual({ delivered: 2 })
    expect(seen.get(one!.id)).toBeUndefined()
    expect((await eventsOfDelivery(ctx.db, other!.id)).map(({ kind }) => kind)).toEqual([
      'begun',
      'unknown',
      'found_missing',
      'begun',
      'delivered',
    ])
  })

  test('put off comes later each time; refused is not tried again', async () => {
    answer = ({ outlet: { code } }) =>
      code === 'CONG' ? { kind: 'postponed', until: clock.now(), reason: 'busy' } : { kind: 'refused', reason: 'gone' }
    const releaseId = await released({ channels: ['portal'] })
    clock.set('2026-11-24T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ due: 1, failed: 1 })
    expect([...seen.values()]).toEqual([1, 1])
    clock.set('2026-11-24T11:00:03Z')
    await work()
    expect((await rows(releaseId))[0]).toMatchObject({ attempts: 2, dueAt: new Date('2026-11-24T11:00:07Z') })
  })
})

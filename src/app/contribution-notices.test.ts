import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPerson } from '../core/identity/index.ts'
import type { Id, Role } from '../core/kernel/index.ts'
import { giveRole } from '../core/organisation/index.ts'
import {
  askReport,
  confirmReportPart,
  dropReportRequest,
  partsOf,
  tellContributorsJob,
  tellContributorsWith,
} from '../core/report/index.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, type EvidenceStage } from './evidence.build.ts'
import type { Notice } from './tell-by-mail.ts'
import { tellContributorsBy } from './tell-contributors-by.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const PERIOD = { from: '2026-10-15', to: '2026-11-14', template: 'periodic' }
let stage: EvidenceStage
let pao: Id<'person'>
let may: Id<'person'>

const told: { readonly person: Id<'person'>; readonly notice: Notice }[] = []
/** What mail would do with whom; everybody else is reached. */
const mailOf = new Map<Id<'person'>, 'closed' | 'no_address'>()

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  pao = await somebody('pao2', 'field_officer', 'UBND-02683')
  may = await somebody('may2', 'leader', 'UBND-03046')
  await somebody('nga', 'observer', 'UBND-02683')
  const send = async (_ctx: unknown, person: Id<'person'>, notice: Notice) => {
    if (mailOf.get(person) === 'closed') throw new Error('mail_busy')
    if (mailOf.get(person) === 'no_address') return false
    told.push({ person, notice })
    return true
  }
  tellContributorsWith(tellContributorsBy(send, 'https://loa.example'))
})
afterAll(() => stage.database.close())
beforeEach(() => {
  told.length = 0
  mailOf.clear()
})

async function somebody(username: string, role: Role, code: string): Promise<Id<'person'>> {
  const { personId } = await addPerson(stage.system, { username, name: username, email: null, mustChange: false })
  const held = { personId: personId as Id<'person'>, organisationId: await stage.bodyOf(code), role } // addPerson made it
  await giveRole(stage.system, { ...held, fromDay: '2026-01-01' })
  return held.personId
}

/** The department asks both communes by this day. */
async function asked(dueOn: string, subject = 'Báo cáo tháng 11'): Promise<Id<'report_request'>> {
  const [organisationId, ...contributors] = [
    await stage.bodyOf('SVHTTDL-LC-2025'),
    stage.batXat,
    await stage.bodyOf('UBND-03046'),
  ]
  const request = { ...PERIOD, organisationId: organisationId!, contributors, dueOn, subject }
  return askReport(stage.writer, { ...request, askedBy: 'Bộ Văn hóa, Thể thao và Du lịch' })
}

/** A round of the job in the morning of this day, and who was told by it. */
async function round(day: string): Promise<Id<'person'>[]> {
  clock.set(`${day}T00:06:00Z`)
  told.length = 0
  await tellContributorsJob.run(stage.ctx, {})
  return told.map(({ person }) => person)
}

describe('who must contribute to a report', () => {
  test('is told by mail once when it is due soon and once when it is overdue, and who has confirmed is not', async () => {
    clock.set('2026-11-24T02:00:00Z')
    const requestId = await asked('2026-12-01')
    expect(await round('2026-11-27')).toEqual([])
    expect(new Set(await round('2026-11-28'))).toEqual(new Set([pao, may]))
    for (const day of ['2026-11-28', '2026-11-30', '2026-12-01']) expect(await round(day)).toEqual([])
    const own = (await partsOf(stage.ctx.db, requestId)).find(({ organisationId }) => organisationId === stage.batXat)!
    await confirmReportPart(stage.commune, { partId: own.id, asOf: clock.now(), note: '', corrections: [] })
    expect(await round('2026-12-02')).toEqual([may])
    expect(await round('2026-12-03')).toEqual([])
    await dropReportRequest(stage.writer, { requestId })
  })

  test('asked in the morning for the same day is told at once', async () => {
    clock.set('2026-12-07T02:00:00Z')
    const before = stage.ctx.enqueued.length
    const requestId = await asked('2026-12-07')
    expect(stage.ctx.enqueued.slice(before).map(({ name }) => name)).toContain('report.tell_contributors')
    expect(new Set(await round('2026-12-07'))).toEqual(new Set([pao, may]))
    await dropReportRequest(stage.writer, { requestId })
    expect(await round('2026-12-08')).toEqual([])
  })

  test('reads all of theirs in one letter, with the address of each part', async () => {
    clock.set('2026-12-10T02:00:00Z')
    const requests = [await asked('2026-12-11', 'Báo cáo quý IV'), await asked('2026-12-09', 'Báo cáo đột xuất')]
    await round('2026-12-10')
    const { subject, text } = told.find(({ person }) => person === pao)!.notice
    const parts = await partsOf(stage.ctx.db, requests[0]!)
    const own = parts.find(({ organisationId }) => organisationId === stage.batXat)!
    expect(subject).toBe('Loa: quá hạn xác nhận số liệu báo cáo')
    expect(text).toContain(`https://loa.example/reports/parts/${own.id}`)
    expect(text).toContain('cần xác nhận số liệu cho “Báo cáo quý IV”')
    expect(text).toContain('trước hết ngày 11/12/2026')
    expect(text).toContain('số liệu cho “Báo cáo đột xuất”')
    expect(text).toContain('đã quá hạn từ ngày 09/12/2026')
    expect(told).toHaveLength(2)
    for (const requestId of requests) await dropReportRequest(stage.writer, { requestId })
  })

  test('is tried again where the mail is closed, without telling the others twice; who has no address is no fault', async () => {
    clock.set('2026-12-14T02:00:00Z')
    await asked('2026-12-15')
    mailOf.set(may, 'closed')
    await expect(round('2026-12-14')).rejects.toThrow('1 notices could not leave yet')
    expect(told.map(({ person }) => person)).toEqual([pao])
    mailOf.set(may, 'no_address')
    expect(await round('2026-12-14')).toEqual([])
    mailOf.clear()
    expect(await round('2026-12-15')).toEqual([may])
  })

  test('is told once by any number of workers at the same time', async () => {
    clock.set('2026-12-21T00:06:00Z')
    await asked('2026-12-22')
    told.length = 0
    await Promise.all([1, 2, 3, 4].map(() => tellContributorsJob.run(stage.ctx, {})))
    expect(told.map(({ person }) => person).toSorted()).toEqual([pao, may].toSorted())
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentById, documentFile, issueDocument, layOut, makePapersWith, paperOf } from '../core/document/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  askReport,
  beginReport,
  changeReport,
  changesOf,
  choosePhotos,
  confirmReportPart,
  contentOfReport,
  correctionsOfRequest,
  draftReportDocument,
  figuresOf,
  markReportSent,
  partFigures,
  partsOf,
  remindReportParts,
  reportById,
  requestById,
  takeOverFigures,
  waitingFor,
  type Report,
} from '../core/report/index.ts'
import { drawDocx } from '../platform/papers/draw-docx.ts'
import { drawPdf, drawSvg } from '../platform/papers/draw-pdf.ts'
import { wordsOfPdf } from '../platform/papers/pdf-words.build.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, whole, type EvidenceStage } from './evidence.build.ts'

let stage: EvidenceStage
let ctx: Ctx
let writer: Ctx
let department: Id<'organisation'>
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  ;({ ctx } = stage)
  writer = await stage.somebody('writer', 'campaign_officer', 'SVHTTDL-LC-2025')
  department = await stage.bodyOf('SVHTTDL-LC-2025')
  makePapersWith({
    pdf: async (paper, pictures) => drawPdf(paper, pictures),
    docx: drawDocx,
    svg: async (paper, pictures) => drawSvg(paper, pictures),
  })
  // In the month before: 8 sessions. In this: 10 sessions of two communes, and leaflets guessed.
  await stage.sent({ day: '2026-10-01', counts: [whole('sessions', 8), whole('attendances', 400)] })
  await stage.sent({ day: '2026-11-02', counts: [whole('sessions', 3), whole('attendances', 1_150)] })
  const banHo = { organisationId: await stage.bodyOf('UBND-03046'), placeId: await stage.placeOf('03046') }
  await stage.sent(
    { ...banHo, day: '2026-11-03', counts: [whole('sessions', 7), whole('attendances', 84)] },
    stage.neighbour,
  )
  await stage.sent({
    kind: 'leaflet',
    day: '2026-11-04',
    counts: [{ ...whole('leaflets', 500), estimated: true }],
  })
})
afterAll(() => stage.database.close())

const MONTH = { from: '2026-10-15', to: '2026-11-14', compareFrom: '2026-09-15', compareTo: '2026-10-14' }
const begin = (given: object = {}) =>
  beginReport(writer, { organisationId: department, template: 'periodic', ...MONTH, ...given })
const standing = async (id: Id<'report'>): Promise<Report> => (await reportById(ctx.db, id))!
const written = (text: string) => text.replaceAll(/\[Viết: [^\]]*\]/gu, 'Cán bộ đã viết.')

async function printed(id: Id<'report'>): Promise<string> {
  const { body } = await contentOfReport(ctx, await standing(id))
  return body.map((block) => ('text' in block ? block.text : '')).join('\n')
}

describe('a report', () => {
  test('is written by its template: exact values, what changed, and nothing of what is nought', async () => {
    const id = await begin()
    const text = await printed(id)
    expect(text).toContain(
      'tổ chức 10 buổi tuyên truyền trực tiếp, tăng 02 buổi (25%) so với kỳ trước; thu hút 1.234 lượt người tham dự, tăng 834 lượt người (208,5%) so với kỳ trước.',
    )
    expect(text).toContain('phát ước tính 500 tờ rơi')
    expect(text).toContain('Có 02 cơ quan, đơn vị có hoạt động')
    expect(text).toMatch(/Tuyên truyền miệng, sinh hoạt thôn, chợ phiên: 10 buổi, 1\.234 lượt người/u)
    expect(text).not.toMatch(/0 buổi tập|lớp|băng rôn|SMS/u)
    const report = await standing(id)
    expect(report.subject).toBe('Kết quả công tác thông tin, tuyên truyền từ ngày 15/10/2026 đến ngày 14/11/2026')
    const [bodies] = report.tables
    expect(bodies?.table.rows.at(-1)?.slice(1)).toEqual(['Tổng cộng', '10', '1.234', 'ước 500'])
  })

  test('is edited in words alone: what is no figure, typed by hand or made vague comes back', async () => {
    const reportId = await begin()
    const { text, subject } = await standing(reportId)
    const save = (changed: string) => changeReport(writer, { reportId, subject, text: changed })
    await expect(save(`${text}\n{{f99}}`)).rejects.toMatchObject({ code: 'report.unknown_figure', field: 'text' })
    await expect(save(`${text}\nThêm 25 buổi.`)).rejects.toMatchObject({
      code: 'report.typed_number',
      facts: { words: '25 buổi' },
    })
    await expect(save(text.replace('{{f2}}', 'hơn {{f2}}'))).rejects.toMatchObject({ code: 'report.hedged' })
    await expect(draftReportDocument(writer, { reportId })).rejects.toMatchObject({ code: 'report.unwritten' })
    await save(written(text))
    await expect(changeReport(stage.neighbour, { reportId, subject, text })).rejects.toMatchObject({
      code: 'access.role',
    })
    await expect(changeReport(writer, { reportId, basedOn: 1, subject, text: written(text) })).rejects.toMatchObject({
      code: 'report.changed',
    })
  })

  test('keeps what its figures were, shows what they are now, and takes over one or all', async () => {
    const reportId = await begin({ subject: 'Số liệu đổi' })
    expect((await changesOf(ctx, await standing(reportId))).figures).toEqual([])
    clock.set('2026-11-24T03:00:00Z')
    await stage.sent({ day: '2026-11-05', counts: [whole('sessions', 1), whole('attendances', 16)] })
    expect(await printed(reportId)).toContain('1.234 lượt người')
    const before = await changesOf(ctx, await standing(reportId))
    const sessions = before.figures.find(({ figure }) => figure.unit === 'buổi')!
    expect([sessions.figure.value.counted, sessions.now.counted]).toEqual([10, 11])
    expect(before.cells).toBeGreaterThan(3)
    await takeOverFigures(writer, { reportId, code: sessions.figure.code })
    expect(await printed(reportId)).toContain('tổ chức 11 buổi tuyên truyền trực tiếp, tăng 03 buổi')
    expect(await printed(reportId)).toContain('1.234 lượt người')
    const left = (await changesOf(ctx, await standing(reportId))).figures.length
    expect(await takeOverFigures(writer, { reportId })).toBe(left)
    const after = await changesOf(ctx, await standing(reportId))
    expect([after.figures.length, after.cells]).toEqual([0, 0])
    await expect(takeOverFigures(writer, { reportId })).rejects.toMatchObject({ code: 'report.nothing_changed' })
    const figures = await figuresOf(ctx.db, reportId)
    expect(figures.find(({ code }) => code === sessions.figure.code)?.asOf).toEqual(new Date('2026-11-24T03:00:00Z'))
  })

  test('becomes a document, is brought to it again, and stands once that has its number', async () => {
    const reportId = await begin()
    const { text, subject } = await standing(reportId)
    await changeReport(writer, { reportId, subject, text: written(text) })
    const documentId = await draftReportDocument(writer, { reportId })
    expect(await documentById(ctx.db, documentId)).toMatchObject({
      type: 'report',
      originKind: 'report',
      originId: reportId,
    })
    await changeReport(writer, { reportId, subject: 'Trích yếu mới', text: written(text) })
    expect(await draftReportDocument(writer, { reportId })).toBe(documentId)
    const document = (await documentById(ctx.db, documentId))!
    expect(document.content.subject).toBe('Trích yếu mới')
    const words = (await wordsOfPdf(await documentFile(ctx, document, 'pdf'))).map((one) => one.text).join(' ')
    expect(words).toContain('tổ chức 11 buổi tuyên truyền trực tiếp')
    expect(words).toContain('Phụ lục II')
    const laid = layOut(await paperOf(ctx, document))
    expect(
      laid.body.filter((line) => line.kind === 'section').map((line) => ('number' in line ? line.number : '')),
    ).toEqual(['I.', 'II.', 'III.'])
    await ctx.db
      .updateTable('document')
      .set({
        content: JSON.stringify({
          ...document.content,
          signature: { authority: [], position: 'Giám đốc', name: 'Nguyễn Thị Hoa' },
        }),
      })
      .where('id', '=', documentId)
      .execute()
    await issueDocument(writer, { documentId })
    await expect(changeReport(writer, { reportId, subject, text: written(text) })).rejects.toMatchObject({
      code: 'report.is_issued',
    })
    await expect(takeOverFigures(writer, { reportId })).rejects.toMatchObject({ code: 'report.is_issued' })
  })

  test('shows no photograph that was not offered', async () => {
    const reportId = await begin()
    const mediaId = (await stage.bodyOf('UBND-03046')) as unknown as Id<'media'> // an id of something else
    await expect(choosePhotos(writer, { reportId, photos: [{ mediaId, caption: 'Ảnh' }] })).rejects.toMatchObject({
      code: 'report.photo_not_offered',
    })
  })
})

describe('a request of a higher body', () => {
  test('gathers what bodies confirm, keeps what they say beside the figures, and is sent once the report has its number', async () => {
    const contributors = [stage.batXat, await stage.bodyOf('UBND-03046')]
    const requestId = await askReport(writer, {
      organisationId: department,
      askedBy: 'Bộ Văn hóa, Thể thao và Du lịch',
      subject: 'Báo cáo tháng 11',
      template: 'periodic',
      ...MONTH,
      dueOn: '2026-11-27',
      contributors,
    })
    const request = (await requestById(ctx.db, requestId))!
    expect((await waitingFor(stage.commune)).map(({ wording, due }) => [wording, due])).toEqual([
      ['report_waiting_part', '2026-11-27'],
    ])
    await remindReportParts.run(ctx, {})
    expect(await waitingFor(stage.commune)).toMatchObject([{ wording: 'report_waiting_part_due' }])
    const parts = await partsOf(ctx.db, requestId)
    const own = parts.find(({ organisationId }) => organisationId === stage.batXat)!
    const asOf = clock.now()
    const shown = await partFigures(ctx, own, request, asOf)
    expect(shown.map(({ indicator, counted, estimated }) => [indicator, counted, estimated])).toEqual([
      ['sessions', 4, 0],
      ['attendances', 1_166, 0],
      ['leaflets', 0, 500],
    ])
    const confirm = (reason: string) =>
      confirmReportPart(stage.commune, {
        partId: own.id,
        asOf,
        note: 'Đường đi lại khó khăn.',
        corrections: [{ indicator: 'sessions', said: 5, reason }],
      })
    await expect(confirm('')).rejects.toMatchObject({ code: 'report.no_reason', field: 'reason-sessions' })
    await expect(confirmReportPart(stage.neighbour, { partId: own.id, asOf })).rejects.toMatchObject({
      code: 'access.organisation',
    })
    await confirm('một buổi chưa gửi minh chứng')
    expect(await waitingFor(stage.commune)).toEqual([])
    expect(await waitingFor(writer)).toMatchObject([
      { wording: 'report_waiting_request', facts: { all: 2, confirmed: 1 } },
    ])
    const [correction] = await correctionsOfRequest(ctx.db, requestId)
    expect(correction).toMatchObject({
      code: 'c1',
      shown: 4,
      said: 5,
      saidBy: stage.commune.actor.kind === 'person' ? stage.commune.actor.name : '',
    })

    const reportId = await begin({ requestId })
    expect(await printed(reportId)).toContain('Đường đi lại khó khăn.')
    expect(await printed(reportId)).toContain('tổ chức 11 buổi tuyên truyền trực tiếp')
    const { text, subject } = await standing(reportId)
    await changeReport(writer, { reportId, subject, text: `${written(text)}\n{{c1}}.` })
    expect(await printed(reportId)).toContain(
      'nêu 05 buổi (số liệu tổng hợp: 04 buổi; lý do: một buổi chưa gửi minh chứng).',
    )
    await expect(markReportSent(writer, { requestId })).rejects.toMatchObject({ code: 'report.no_document' })
    const documentId = await draftReportDocument(writer, { reportId })
    const document = (await documentById(ctx.db, documentId))!
    expect(document.content.addressees).toEqual(['Bộ Văn hóa, Thể thao và Du lịch'])
    await expect(markReportSent(writer, { requestId })).rejects.toMatchObject({ code: 'report.document_not_issued' })
    await issueDocument(writer, { documentId })
    await markReportSent(writer, { requestId, note: 'Qua trục liên thông' })
    expect(await requestById(ctx.db, requestId)).toMatchObject({ state: 'sent', sentBy: 'writer' })
    expect(await waitingFor(writer)).toEqual([])
    await expect(confirm('muộn')).rejects.toMatchObject({ code: 'report.request_is_sent' })
  })
})

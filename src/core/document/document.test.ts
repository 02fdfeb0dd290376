import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import { castOf } from '../identity/cast.build.ts'
import { verifyAudit } from '../audit/index.ts'
import type { Ctx, Id, Role } from '../kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../organisation/index.ts'
import {
  changeDocument,
  continueRegister,
  dataFields,
  documentById,
  documentFile,
  draftDocument,
  dropDocument,
  issueDocument,
  keepSignedCopy,
  lastNumber,
  letterheadOf,
  makePapersWith,
  recordElsewhere,
  registerOf,
  setLetterhead,
  signedCopiesOf,
  takePaper,
  type LaidOut,
} from './index.ts'
import { buildContent } from './paper.build.ts'

let database: TestDatabase
const clock = stillClock('2026-07-01T01:00:00Z')
let ctx: Ctx
let officer: Ctx
let department: Id<'organisation'>
let committee: Id<'organisation'>
const drawn: LaidOut[] = []

beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  const codes = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'UBND-LC-2025'])
  department = codes.get('SVHTTDL-LC-2025')!
  committee = codes.get('UBND-LC-2025')!
  officer = await somebody('hoa', 'campaign_officer')
  const draw = async (paper: LaidOut) => {
    drawn.push(paper)
    return new TextEncoder().encode(JSON.stringify(paper))
  }
  makePapersWith({ pdf: draw, docx: draw, svg: draw })
})
afterAll(() => database.close())

async function somebody(username: string, role: Role): Promise<Ctx> {
  const { id } = await castOf(database, { hierarchy: organisationHierarchy }).someone(username)
  return { ...ctx, actor: person(id, [{ role, organisationId: department, delegationId: null }], username) }
}

const draft = (type: 'letter' | 'report' | 'plan' | 'request' | 'notice' = 'letter') =>
  draftDocument(officer, { organisationId: department, type, content: buildContent() })
const PDF = new TextEncoder().encode('%PDF-1.7\n%signed')
const revisionOf = async (id: Id<'document'>) => (await documentById(ctx.db, id))?.revision ?? 0

test('what bears a degree of secrecy is neither drafted nor made of a draft', async () => {
  const secret = buildContent({ circulation: 'Tối mật' })
  const refused = expect.objectContaining({ code: 'document.secret' }) as unknown
  await expect(draftDocument(officer, { organisationId: department, type: 'letter', content: secret })).rejects.toEqual(
    refused,
  )
  const documentId = await draft()
  await expect(changeDocument(officer, { documentId, basedOn: null, content: secret })).rejects.toEqual(refused)
  expect((await documentById(ctx.db, documentId))?.content.circulation).toBe('')
  await dropDocument(officer, { documentId, basedOn: null })
})

describe('the register of numbers', () => {
  test('leaves out none and gives none twice, however many issue at once and fail', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, () => draft('plan')))
    // Every fourth has been changed meanwhile: its number is taken back with the transaction that fails.
    const outcomes = await Promise.allSettled(
      ids.map((documentId, at) => issueDocument(officer, { documentId, basedOn: at % 4 === 0 ? 99 : 1 })),
    )
    const numbers = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(numbers.sort((one, other) => one - other)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
    const book = await registerOf(ctx.db, { organisationId: department, type: 'plan', year: 2026 }, 0, 100)
    expect(book.map(({ number }) => number)).toEqual(numbers)
  })

  test('begins anew with each year and counts each type and body apart', async () => {
    await issueDocument(officer, { documentId: await draft('notice') })
    clock.set('2027-01-04T01:00:00Z')
    expect(await issueDocument(officer, { documentId: await draft('notice') })).toBe(1)
    expect(await issueDocument(officer, { documentId: await draft('request') })).toBe(1)
    clock.set('2026-07-01T01:00:00Z')
  })

  test('goes on from what was given out on paper, upward only', async () => {
    const register = { organisationId: department, type: 'report' as const, year: 2026 }
    await continueRegister(officer, { ...register, last: 127 })
    expect(await issueDocument(officer, { documentId: await draft('report') })).toBe(128)
    await expect(continueRegister(officer, { ...register, last: 128 })).rejects.toMatchObject({
      code: 'document.number_taken',
    })
    expect(await lastNumber(ctx.db, register)).toBe(128)
  })

  test('never lets a number stand on an earlier day than the one before it', async () => {
    clock.set('2026-08-02T01:00:00Z')
    await issueDocument(officer, { documentId: await draft('request') })
    clock.set('2026-08-01T01:00:00Z')
    const documentId = await draft('request')
    await expect(issueDocument(officer, { documentId })).rejects.toMatchObject({
      code: 'document.day_before_last',
      facts: { day: '2026-08-02' },
    })
    clock.set('2026-07-01T01:00:00Z')
    expect(await lastNumber(ctx.db, { organisationId: department, type: 'request', year: 2026 })).toBe(1)
  })
})

describe('a document', () => {
  test('is written by its body, issued once, and stands from then on', async () => {
    const documentId = await draft()
    const outsider = await somebody('an', 'field_officer')
    await expect(changeDocument(outsider, { documentId, content: buildContent() })).rejects.toMatchObject({
      code: 'access.role',
    })
    await changeDocument(officer, { documentId, basedOn: 1, content: buildContent({ subject: 'Lời mới' }) })
    await expect(changeDocument(officer, { documentId, basedOn: 1, content: buildContent() })).rejects.toMatchObject({
      code: 'document.changed',
    })
    const number = await issueDocument(officer, { documentId })
    expect(await documentById(ctx.db, documentId)).toMatchObject({
      state: 'issued',
      number,
      issuedOn: '2026-07-01',
      letterhead: { abbreviation: 'SVHTTDL', superior: 'UBND tỉnh Lào Cai', place: 'Lào Cai' },
    })
    for (const again of [issueDocument, dropDocument] as const) {
      await expect(again(officer, { documentId })).rejects.toMatchObject({ code: 'document.is_issued' })
    }
  })

  test('is not issued while nobody signs it', async () => {
    const content = buildContent({ signature: { position: 'Giám đốc', name: '' } })
    const documentId = await draftDocument(officer, { organisationId: department, type: 'letter', content })
    await expect(issueDocument(officer, { documentId })).rejects.toMatchObject({ code: 'document.no_signer' })
    await dropDocument(officer, { documentId })
    expect(await documentById(ctx.db, documentId)).toMatchObject({ state: 'dropped', number: null })
  })

  test('comes back signed: the copy is kept by its hash, with who and when, and a better one beside it', async () => {
    const documentId = await draft()
    const file = await takePaper(ctx, PDF, 'ký.pdf')
    await expect(keepSignedCopy(officer, { documentId, file })).rejects.toMatchObject({ code: 'document.is_draft' })
    await issueDocument(officer, { documentId })
    await keepSignedCopy(officer, { documentId, file })
    await keepSignedCopy(officer, { documentId, file: await takePaper(ctx, new Uint8Array([...PDF, 10]), 'rõ.pdf') })
    expect(await documentById(ctx.db, documentId)).toMatchObject({ state: 'signed' })
    const copies = await signedCopiesOf(ctx.db, documentId)
    expect(copies.map(({ fileName, keptBy }) => [fileName, keptBy])).toEqual([
      ['rõ.pdf', 'hoa'],
      ['ký.pdf', 'hoa'],
    ])
    expect(await ctx.files.get(copies[1]!.sha256)).toEqual(PDF)
    await expect(takePaper(ctx, new TextEncoder().encode('<html>'), 'x.pdf')).rejects.toMatchObject({
      code: 'document.no_paper',
    })
  })

  test('drafted here and numbered elsewhere takes no number of our register', async () => {
    const documentId = await draftDocument(ctx, { organisationId: committee, type: 'letter', content: buildContent() })
    const file = await takePaper(ctx, PDF, 'ubnd.pdf')
    const signed = { documentId, number: '812/UBND-VX', signer: 'Nguyễn Văn Bình', file }
    await expect(recordElsewhere(officer, { ...signed, issuedOn: '2026-07-02' })).rejects.toMatchObject({
      code: 'document.day_to_come',
    })
    await recordElsewhere(officer, { ...signed, issuedOn: '2026-06-30' })
    const document = (await documentById(ctx.db, documentId))!
    expect(document).toMatchObject({ state: 'signed', number: null, numberElsewhere: '812/UBND-VX' })
    expect(await lastNumber(ctx.db, { organisationId: committee, type: 'letter', year: 2026 })).toBe(0)
    expect(await dataFields(ctx, document)).toMatchObject({
      TypeName: 'Công văn',
      CodeNumber: '812',
      CodeNotation: 'UBND-VX',
      IssuedDate: '2026-06-30',
      OrganName: 'Ủy ban nhân dân tỉnh Lào Cai',
      SignerInfo: { Position: 'KT. Giám đốc Phó Giám đốc', FullName: 'Nguyễn Văn Bình' },
    })
  })

  test('is given out again to the byte once it stands, and drawn anew while it is a draft', async () => {
    const documentId = await draft()
    const file = async () => documentFile(ctx, (await documentById(ctx.db, documentId))!, 'pdf')
    const before = drawn.length
    await file()
    await file()
    expect(drawn.length).toBe(before + 2)
    await issueDocument(officer, { documentId })
    const first = await file()
    expect(await file()).toEqual(first)
    expect(drawn.length).toBe(before + 3)
    await setLetterhead(officer, {
      organisationId: department,
      superior: 'UBND tỉnh Lào Cai',
      issuer: 'Sở Văn hóa, Thể thao và Du lịch',
      abbreviation: 'SVHTTDL',
      place: 'Yên Bái',
    })
    expect(await file()).toEqual(first)
    expect(drawn.at(-1)?.placeAndDay).toContain('Lào Cai')
    expect((await letterheadOf(ctx, department)).place).toBe('Yên Bái')
    expect(await revisionOf(documentId)).toBe(2)
  })

  test('leaves its whole story in the record', async () => {
    expect(await verifyAudit(ctx.db)).toMatchObject({ whole: true })
  })
})

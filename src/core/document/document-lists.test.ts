import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, stillClock, testCtx, type TestCtx, type TestDatabase } from '../../testing/index.ts'
import type { Id } from '../kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../organisation/index.ts'
import {
  bodiesWithDocuments,
  dataFields,
  dataFieldsXml,
  documentById,
  documentsWhere,
  draftDocument,
  dropDocument,
  latestContent,
} from './index.ts'
import { buildContent } from './paper.build.ts'

let database: TestDatabase
let ctx: TestCtx
let department: Id<'organisation'>
const clock = stillClock('2026-07-01T01:00:00Z')

beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  department = (await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025'])).get('SVHTTDL-LC-2025')!
})
afterAll(() => database.close())

const draft = (type: 'letter' | 'report', subject: string) =>
  draftDocument(ctx, { organisationId: department, type, content: buildContent({ subject }) })

test('documents are listed page by page, the newest first, and found by type, state and words without marks', async () => {
  // Some of one moment: the page goes on by id among them.
  const ids = []
  for (let at = 0; at < 7; at++) ids.push(await draft(at % 2 ? 'letter' : 'report', `Kết quả 100% đợt ${at}`))
  clock.set('2026-07-02T01:00:00Z')
  await dropDocument(ctx, { documentId: await draft('letter', 'Bỏ đi') })
  const seen: string[] = []
  let before: { id: string; createdAt: Date } | null = null
  for (;;) {
    const page = await documentsWhere(ctx.db, {}, before, 3)
    seen.push(...page.map(({ id }) => id))
    const last = page.at(-1)
    if (!last) break
    before = last
  }
  expect(new Set(seen).size).toBe(8)
  expect(seen.length).toBe(8)
  const found = (filter: Parameters<typeof documentsWhere>[1]) =>
    documentsWhere(ctx.db, filter, null, 50).then((rows) => rows.length)
  expect(await found({ type: 'report' })).toBe(4)
  expect(await found({ state: 'dropped' })).toBe(1)
  expect(await found({ words: 'ket qua 100% dot 3' })).toBe(1)
  expect(await found({ words: '%' })).toBe(7)
  expect(await found({ organisationId: department, type: 'letter', state: 'draft' })).toBe(3)
  expect(await bodiesWithDocuments(ctx.db)).toMatchObject([{ id: department }])
})

test('the newest document that was not dropped lends the next one its signer', async () => {
  expect(await latestContent(ctx.db, department)).toMatchObject({ signature: { name: 'Nguyễn Thị Hoa' } })
})

test('the data of annex VI stand in XML as in JSON, with what XML cannot hold taken out', async () => {
  const id = await draftDocument(ctx, {
    organisationId: department,
    type: 'letter',
    content: buildContent({ subject: 'Việc <nhẹ> & “lương cao”\u0001', receivers: ['A', 'B'] }),
  })
  const xml = dataFieldsXml(await dataFields(ctx, (await documentById(ctx.db, id))!))
  expect(xml).toContain('<Subject>Việc &lt;nhẹ&gt; &amp; “lương cao”</Subject>')
  expect(xml).toContain('<SignerInfo><Position>KT. Giám đốc Phó Giám đốc</Position>')
  expect(xml.match(/<To><OrganName>/g)?.length).toBe(3)
})

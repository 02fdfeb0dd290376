import { expect, test } from 'vitest'
import { layOut } from '../core/document/index.ts'
import { buildPaper } from '../core/document/paper.build.ts'
import { readPlan } from '../core/plan/index.ts'
import { readDocument } from '../platform/documents/index.ts'
import { drawDocx } from '../platform/papers/draw-docx.ts'
import { drawPdf } from '../platform/papers/draw-pdf.ts'

const PLAN = layOut(
  buildPaper({
    type: 'plan',
    number: 74,
    issuedOn: '2026-07-12',
    addressees: [],
    subject: 'Tuyên truyền phòng, chống mua bán người năm 2026',
    body: [
      { kind: 'basis', text: 'Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ' },
      { kind: 'section', text: 'Mục đích, yêu cầu' },
      { kind: 'clause', text: 'Nâng cao nhận thức của người dân.' },
      { kind: 'section', text: 'Tổ chức thực hiện' },
      { kind: 'heading', text: 'Báo và Phát thanh, Truyền hình' },
      { kind: 'dash', text: 'Mở chuyên mục tuyên truyền trước ngày 30/7/2026.' },
    ],
  }),
)

test.each([
  ['plan.docx', drawDocx],
  ['plan.pdf', async (paper: typeof PLAN) => drawPdf(paper)],
] as const)('a plan that Loa wrote is read by Loa as what it is: %s', async (name, draw) => {
  const { text } = await readDocument(await draw(PLAN), name)
  const { document, clauses } = readPlan(text, {
    register: { organisations: [], laws: [], hotlines: [] },
    today: '2026-07-13',
  })
  expect(document).toMatchObject({
    type: 'Kế hoạch',
    notation: '74/KH-SVHTTDL',
    place: 'Lào Cai',
    issuedOn: '2026-07-12',
    signatory: { name: 'Nguyễn Thị Hoa' },
  })
  expect(document.title).toContain('phòng, chống mua bán người năm 2026')
  expect(clauses.map(({ marker, heading }) => [marker, heading])).toEqual(
    expect.arrayContaining([
      ['I', 'MỤC ĐÍCH, YÊU CẦU'],
      ['II', 'TỔ CHỨC THỰC HIỆN'],
    ]),
  )
})

import * as v from 'valibot'
import { PaperContent, type Paper } from './paper.ts'

type Given = Partial<Omit<v.InferInput<typeof PaperContent>, 'body'>> & Pick<v.InferInput<typeof PaperContent>, 'body'>

/** What a document says, for tests: signed by a deputy director, addressed to the province. */
export function buildContent(given: Partial<Given> = {}): PaperContent {
  return v.parse(PaperContent, {
    subject: 'Đề nghị tuyên truyền bằng tin nhắn viễn thông về phòng, chống mua bán người',
    addressees: ['Ủy ban nhân dân tỉnh Lào Cai'],
    signature: { authority: [{ prefix: 'KT.', of: 'Giám đốc' }], position: 'Phó Giám đốc', name: 'Nguyễn Thị Hoa' },
    receivers: ['Công an tỉnh (phối hợp)', 'Lãnh đạo Sở'],
    unit: 'TTCS',
    body: [{ kind: 'paragraph', text: 'Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định.' }],
    ...given,
  })
}

/** A letter of the department, issued on 7 February 2026 as number 5. */
export function buildPaper(given: Partial<Paper> = {}): Paper {
  return {
    ...buildContent(),
    superior: 'UBND tỉnh Lào Cai',
    issuer: 'Sở Văn hóa, Thể thao và Du lịch',
    abbreviation: 'SVHTTDL',
    place: 'Lào Cai',
    type: 'letter',
    number: 5,
    issuedOn: '2026-02-07',
    form: 'electronic',
    madeOn: '2026-02-07',
    ...given,
  }
}

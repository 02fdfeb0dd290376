import { expect, test } from 'vitest'
import { buildContent } from './paper.build.ts'
import { whyNotContent } from './why-not-content.ts'

const signedBy = (name: string) => buildContent({ signature: { position: 'Giám đốc', name } })
const saying = (text: string) => buildContent({ body: [{ kind: 'paragraph', text }] })

test('no degree or form of address stands before the name of who signs', () => {
  for (const name of ['TS. Nguyễn Văn A', 'ThS Nguyễn Văn A', 'Ông Nguyễn Văn A', 'PGS.TS Lê B']) {
    expect(whyNotContent(signedBy(name))).toMatchObject({
      code: 'document.titled',
      facts: { name },
      field: 'content.signature.name',
    })
  }
  for (const name of ['', 'Bàn Thị Mẩy', 'Bá Văn Kỳ', 'Ngô Thị Ông']) expect(whyNotContent(signedBy(name))).toBeNull()
})

test.each(['MẬT', 'Mật', 'TỐI MẬT', 'tuyệt mật', '(MẬT)', 'Độ mật: Tối mật'])(
  'the degree of secrecy “%s” is refused wherever a stamp could be typed',
  (words) => {
    for (const field of ['circulation', 'copies', 'subject'] as const) {
      const refusal = whyNotContent(buildContent({ [field]: words }))
      expect(refusal).toMatchObject({ code: 'document.secret', facts: { words }, field: `content.${field}` })
    }
  },
)

test('a stamp of secrecy in the text or an annex is refused', () => {
  expect(whyNotContent(saying('TỐI MẬT'))).toMatchObject({ code: 'document.secret', field: 'content.body' })
  const annexes = [{ title: 'Số liệu', body: [{ kind: 'heading' as const, text: 'MẬT' }] }]
  expect(whyNotContent(buildContent({ annexes }))).toMatchObject({ code: 'document.secret' })
})

test.each(['Mật', 'Bảo vệ bí mật nhà nước', 'Người nuôi ong lấy mật', 'LƯU HÀNH NỘI BỘ', 'BÍ MẬT NHÀ NƯỚC'])(
  'a text that only speaks of it stands: “%s”',
  (words) => {
    expect(whyNotContent(saying(words))).toBeNull()
  },
)

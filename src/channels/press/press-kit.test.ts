import { describe, expect, test } from 'vitest'
import { newId } from '../../core/kernel/index.ts'
import { around, picture, standingItem } from './press-item.build.ts'
import { letterOf, type KitWords } from './press-kit.ts'

const WORDS: KitWords = {
  subject: ({ title, editorial }) => (editorial === 'kill' ? `RÚT TIN: ${title}` : title),
  pictures: 'ẢNH',
  linked: (address) => `Tải ảnh: ${address}`,
  rights: ({ rightsOwner, rightsTerms }) => `Ảnh: ${rightsOwner}. ${rightsTerms}`,
  contact: (contact) => `Cơ quan: ${contact}`,
}
const kit = { to: 'bao@example.vn' }

describe('a press kit', () => {
  test('says the item, who answers for it, its pictures with captions and rights, and where to answer', () => {
    const [near, far] = [picture(newId<'media'>()), picture(newId<'media'>(), { alternative: 'Cửa khẩu' })]
    const items = [{ item: standingItem({ body: 'Gọi **111**.' }), around: around({ pictures: [near, far] }) }]
    const bytes = new Uint8Array([1, 2, 3])
    const letter = letterOf(
      {
        ...kit,
        items,
        attached: [
          { picture: near, bytes },
          { picture: far, bytes: null },
        ],
      },
      WORDS,
    )
    const name = `anh-${near.id.slice(-12)}.jpg`
    expect(letter).toMatchObject({ to: 'bao@example.vn', subject: 'Cảnh giác “việc nhẹ, lương cao”' })
    expect(letter.attachments).toEqual([{ name, mime: 'image/jpeg', bytes }])
    expect(letter.text).toBe(
      [
        'Cảnh giác “việc nhẹ, lương cao”',
        'Nhiều người bị lừa.',
        'Gọi 111.',
        'Cơ quan: Công an tỉnh',
        'ẢNH',
        `Người đi chợ\nẢnh: Báo tỉnh. Ghi nguồn\n${name}`,
        `Cửa khẩu\nẢnh: Báo tỉnh. Ghi nguồn\nTải ảnh: ${far.address}`,
        'Trả lời: https://loa.example.vn/bao-chi/tra-loi/x',
      ].join('\n\n'),
    )
  })

  test('of a kill begins with it and carries no word of the item', () => {
    const item = standingItem({ editorial: 'kill', version: 2, lead: 'Nhiều người bị lừa.' })
    const letter = letterOf({ ...kit, items: [{ item, around: around() }], attached: [] }, WORDS)
    expect(letter.subject).toBe('RÚT TIN: Cảnh giác “việc nhẹ, lương cao”')
    expect(letter.text).toMatch(/^RÚT TIN\n\n/)
    expect(letter.text).not.toContain('bị lừa')
  })

  test('lets nobody write a head of their own through a title', () => {
    const item = standingItem({ title: 'Tin\r\nBcc: ai-do@example.vn\n\nxin chào' })
    const letter = letterOf({ ...kit, items: [{ item, around: around() }], attached: [] }, WORDS)
    expect(letter.subject).toBe('Tin Bcc: ai-do@example.vn xin chào')
  })
})

import fc from 'fast-check'
import { newId, type Id } from '../../core/kernel/index.ts'
import { EDITORIALS, type StandingItem } from '../../core/press/item.ts'
import type { Notes, PressPicture, Surroundings } from './ninjs.ts'

export const NOTES: Notes = {
  correction: 'ĐÍNH CHÍNH',
  replacement: 'THAY THẾ',
  kill: 'RÚT TIN',
  withheld: (sequence) => `Đã có bản mới ở số ${sequence}`,
  answer: (address) => `Trả lời: ${address}`,
}

/** An item as it stands, usable unless said otherwise. */
export function standingItem(given: Partial<StandingItem> = {}): StandingItem {
  const version = given.version ?? 1
  return {
    id: newId<'press_item'>(),
    outletId: newId<'outlet'>(),
    sequence: 7,
    deliveryId: newId<'delivery'>(),
    releaseId: newId<'release'>(),
    messageId: newId<'message'>(),
    language: 'vi',
    editorial: 'news',
    lane: 'ordinary',
    title: 'Cảnh giác “việc nhẹ, lương cao”',
    lead: 'Nhiều người bị lừa.',
    body: '## Nhận biết\n\nGọi **111**, xem [trang này](https://laocai.gov.vn/a).\n\n- một\n- hai',
    contact: 'Công an tỉnh',
    author: 'Công an tỉnh Lào Cai',
    located: 'Tỉnh Lào Cai',
    themes: ['Phòng, chống mua bán người'],
    places: [],
    firstAt: new Date('2026-11-24T02:00:00Z'),
    at: new Date('2026-11-24T02:00:00Z'),
    expiresAt: null,
    newestSequence: given.sequence ?? 7,
    newestEditorial: given.editorial ?? 'news',
    ...given,
    version,
    newestVersion: given.newestVersion ?? version,
  }
}

export function around(given: Partial<Surroundings> = {}): Surroundings {
  return {
    pictures: [],
    answerAddress: 'https://loa.example.vn/bao-chi/tra-loi/x',
    placeNames: [],
    notes: NOTES,
    ...given,
  }
}

export function picture(id: Id<'media'>, given: Partial<PressPicture> = {}): PressPicture {
  const rights = { rightsOwner: 'Báo tỉnh', rightsTerms: 'Ghi nguồn' }
  const size = { mime: 'image/jpeg', width: 1_200, height: 800 }
  const address = `https://loa.example.vn/bao-chi/t/anh/${id}.jpg`
  return { id, title: 'Chợ phiên', alternative: 'Người đi chợ', ...rights, ...size, address, ...given }
}

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('<script>alert(1)</script>', ']]>', '& < > " \'', '![x](media:javascript:alert(1))', 'Đặng Thị Ưỡn'),
)
const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })

/** Items of every kind, with words that anybody could have typed. */
export const anyItem: fc.Arbitrary<StandingItem> = fc
  .record({
    sequence: fc.integer({ min: 1, max: 1_000_000 }),
    version: fc.integer({ min: 1, max: 9 }),
    newer: fc.integer({ min: 0, max: 2 }),
    editorial: fc.constantFrom(...EDITORIALS),
    newestEditorial: fc.constantFrom(...EDITORIALS),
    lane: fc.constantFrom('emergency' as const, 'priority' as const, 'ordinary' as const),
    language: fc.constantFrom('vi', 'hmn', 'en'),
    title: words,
    lead: words,
    body: fc.array(words, { maxLength: 5 }).map((parts) => parts.join('\n\n')),
    contact: words,
    author: words,
    located: words,
    themes: fc.array(words, { maxLength: 3 }),
    at: day,
    expiresAt: fc.option(day),
  })
  .map(({ newer, ...given }) => standingItem({ ...given, newestVersion: given.version + newer }))

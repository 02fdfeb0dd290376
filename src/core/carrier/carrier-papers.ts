import { smsParts } from '../channel/index.ts'
import { dayInWords, type Block, type PaperContent } from '../document/index.ts'
import type { CarrierRequest } from './carrier-request.ts'

/** A text as it goes out, in one language. */
export interface CarrierText {
  /** Name of the language in Vietnamese. */
  readonly language: string
  readonly accented: string
  readonly unaccented: string
}

/** Where, when and under which name the messages go out. */
export type CarrierTerms = Pick<CarrierRequest, 'area' | 'hourFrom' | 'hourTo' | 'fromDay' | 'toDay' | 'senderName'>

/** What both papers say. The words are those of official documents: Vietnamese, whatever the office speaks. */
export interface CarrierWords extends CarrierTerms {
  readonly title: string
  /** The body that asks and the committee, by their official names. */
  readonly asker: string
  readonly committee: string
  readonly carriers: readonly string[]
  readonly texts: readonly CarrierText[]
}

export interface Signer {
  readonly authority: PaperContent['signature']['authority']
  readonly position: string
  readonly name: string
}

const DECREE =
  'Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ quy định về hoạt động thông tin cơ sở'
const ORDERED_BY =
  'Theo Điều 32, Điều 33 Nghị định số 49/2024/NĐ-CP, việc tuyên truyền bằng tin nhắn viễn thông ở địa phương do Ủy ban nhân dân cấp tỉnh quyết định nội dung, phạm vi và yêu cầu doanh nghiệp viễn thông thực hiện.'

/** Tờ trình of the body that asks, with the annex that the committee decides on. */
export function requestContent(words: CarrierWords, reason: string, signer: Signer, unit: string): PaperContent {
  const { asker, committee, carriers, title } = words
  return {
    ...PLAIN,
    subject: `Đề nghị tuyên truyền bằng tin nhắn viễn thông “${title}”`,
    addressees: [committee],
    body: [
      { kind: 'basis', text: DECREE },
      ...(reason ? [paragraph(reason)] : []),
      paragraph(`${ORDERED_BY} ${asker} kính trình ${committee} xem xét, quyết định như sau:`),
      ...terms(words),
      clause(`Doanh nghiệp viễn thông thực hiện: ${carriers.join('; ')}.`),
      paragraph(`${asker} gửi kèm dự thảo công văn của ${committee} gửi các doanh nghiệp viễn thông.`),
      paragraph(`Kính trình ${committee} xem xét, quyết định.`),
    ],
    annexes: [annexOf(words)],
    signature: { ...signer, authority: [...signer.authority] },
    unit,
  }
}

/** Draft of the committee's letter to the carriers; `request` names the numbered Tờ trình once there is one. */
export function letterContent(words: CarrierWords, request: string | null): PaperContent {
  const { asker, committee, carriers, title } = words
  const asked = request ?? `Tờ trình của ${asker}`
  return {
    ...PLAIN,
    subject: `Tuyên truyền bằng tin nhắn viễn thông “${title}”`,
    addressees: [...carriers],
    body: [
      { kind: 'basis', text: DECREE },
      paragraph(
        `Xét đề nghị của ${asker} tại ${asked}, ${committee} yêu cầu Quý doanh nghiệp gửi tin nhắn tuyên truyền như sau:`,
      ),
      ...terms(words),
      clause(
        `Kết thúc đợt gửi, đề nghị Quý doanh nghiệp báo cáo kết quả (số thuê bao đã nhận, số tin nhắn đã gửi, thời gian gửi) về ${asker} để tổng hợp.`,
      ),
      paragraph(`Giao ${asker} theo dõi, đôn đốc và tổng hợp kết quả, báo cáo ${committee}.`),
    ],
    annexes: [annexOf(words)],
    // Who signs for the committee is for the committee to say.
    signature: { authority: [{ prefix: 'TM.', of: 'Ủy ban nhân dân' }], position: 'Chủ tịch', name: '' },
    receivers: [asker],
  }
}

const LANGUAGES: Readonly<Record<string, string>> = {
  vi: 'Tiếng Việt',
  hmn: 'Tiếng Mông',
  ium: 'Tiếng Dao',
  tyz: 'Tiếng Tày',
  pcc: 'Tiếng Giáy',
  nut: 'Tiếng Nùng',
  en: 'Tiếng Anh',
}

/** As an official document names a language; by its tag where it has no name here. */
export function nameOfLanguage(tag: string): string {
  return LANGUAGES[tag] ?? tag
}

const PLAIN = {
  receivers: [],
  unit: '',
  urgency: null,
  circulation: '',
  copies: '',
  contact: '',
  dueOn: null,
} satisfies Partial<PaperContent>

function terms(words: CarrierWords): Block[] {
  const { area, hourFrom, hourTo, fromDay, toDay, senderName } = words
  const days = fromDay === toDay ? `${dayInWords(fromDay)}` : `từ ${dayInWords(fromDay)} đến hết ${dayInWords(toDay)}`
  return [
    clause(
      'Nội dung tin nhắn: theo Phụ lục kèm theo; có dấu đối với thiết bị hiển thị được, không dấu đối với thiết bị còn lại.',
    ),
    clause(
      `Phạm vi: thuê bao di động ${area}. Doanh nghiệp viễn thông tự xác định thuê bao theo phạm vi này; không lập, không cung cấp danh sách số điện thoại.`,
    ),
    clause(`Thời gian gửi: ${days}, trong khung giờ từ ${hourFrom} đến ${hourTo}.`),
    ...(senderName ? [clause(`Tên người gửi hiển thị: ${senderName}.`)] : []),
  ]
}

/** Both forms of each text, with characters and parts as a phone gets them. */
function annexOf({ texts }: CarrierWords): PaperContent['annexes'][number] {
  const rows = texts.flatMap(({ language, accented, unaccented }) => [
    [`${language}, có dấu (Unicode)`, accented, count(accented.length), count(smsParts(accented, 'ucs2').length)],
    [`${language}, không dấu`, unaccented, count(unaccented.length), count(smsParts(unaccented, 'gsm7').length)],
  ])
  return {
    title: 'Nội dung tin nhắn tuyên truyền',
    body: [
      {
        kind: 'table',
        total: false,
        columns: [
          { title: 'Loại', share: 3, align: 'left' },
          { title: 'Nội dung', share: 8, align: 'left' },
          { title: 'Số ký tự', share: 1.6, align: 'right' },
          { title: 'Số tin (phần)', share: 1.6, align: 'right' },
        ],
        rows,
      },
      paragraph(
        'Số tin (phần) tính theo 70 ký tự cho tin có dấu một phần, 67 ký tự mỗi phần khi có nhiều phần; 160 và 153 ký tự đối với tin không dấu.',
      ),
    ],
  }
}

const count = (number: number) => String(number).padStart(2, '0')
const clause = (text: string): Block => ({ kind: 'clause', text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

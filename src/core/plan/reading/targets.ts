import { paragraphsOf } from './blocks.ts'
import type { Paragraph } from './blocks.ts'
import type { Ground } from './ground.ts'
import type { TargetFound } from './reading.ts'

const NUMBER = String.raw`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?`
const UNIT = String.raw`%|phần trăm|lượt người|lượt hộ|lượt|chương trình|chuyên mục|chuyên trang|chuyên đề|phóng sự|tin, bài|tin bài|tin|bài|buổi|cuộc|hội nghị|lớp|đợt|lần|tờ rơi|tờ rời|tờ gấp|tờ|áp phích|pa ?nô|băng rôn|khẩu hiệu|tài liệu|cuốn|bản tin|tin nhắn|hộ gia đình|hộ|mô hình|câu lạc bộ|người dân|người|học sinh|trẻ em|cụm loa|video|clip|infographic|ấn phẩm|sản phẩm|điểm|đội|chiến dịch|văn bản|cụm|bộ|toạ đàm|hội thi`
const TARGET = new RegExp(
  String.raw`(?<![\p{L}\p{N}/.,-])(${NUMBER})(?: ?(?:-|đến) ?(${NUMBER}))? ?(${UNIT})(?![\p{L}\p{N}])(?: ?\/ ?(?:ngày|tuần|tháng|quý|năm|xã|thôn|huyện|hộ)| (?:mỗi|một) (?:ngày|tuần|tháng|quý|năm))?`,
  'gu',
)
const PERCENT = new RegExp(String.raw`(?<![\p{L}\p{N}/.,-])(${NUMBER})(?: ?(?:-|đến) ?(${NUMBER}))? ?%`, 'gu')
/** What was, not what is to be. */
const WAS =
  /(?:hiện (?:có|nay)|đã (?:đạt|có|tổ chức|thực hiện)|chiếm|toàn tỉnh có|trong những năm qua|kết quả|giảm .{0,20}so với cùng kỳ)/u
/** A number that only counts the body named (`11 phường`) or names a number of a thing (`số`, `điều`, `khoản`, `lần thứ`). */
const NO_TARGET_BEFORE =
  /(?:số|điều|khoản|điểm|lần thứ|khoá|kỳ|thứ|quý|tháng|năm|ngày|giai đoạn|phụ lục|mục|tổ|đội|lớp|thế hệ)\s*$/u
const BEFORE_CHARACTERS = 60

/** Numbers to reach, with their unit; shares (`100% xã`) carry the noun they are a share of. */
export function findTargets(ground: Ground): TargetFound[] {
  const found: TargetFound[] = []
  const visit = (paragraph: Paragraph): void => {
    found.push(...targetsIn(paragraph.folded, ground.text, paragraph.span[0]))
    paragraph.children.forEach(visit)
  }
  paragraphsOf(ground).forEach(visit)
  return found.sort((a, b) => a.span[0] - b.span[0])
}

function targetsIn(folded: string, text: string, base: number): TargetFound[] {
  const found = new Map<number, TargetFound>()
  for (const pattern of [TARGET, PERCENT])
    for (const match of folded.matchAll(pattern)) {
      const before = folded.slice(Math.max(0, match.index - BEFORE_CHARACTERS), match.index)
      if (found.has(match.index) || NO_TARGET_BEFORE.test(before)) continue
      const share = match[0].endsWith('%')
      const end = match.index + match[0].length + (share ? shareOf(folded, match.index + match[0].length) : 0)
      const value = numberOf(match[1])
      found.set(match.index, {
        text: text
          .slice(base + match.index, base + end)
          .replace(/\s+/gu, ' ')
          .trim(),
        value,
        valueTo: match[2] === undefined ? null : numberOf(match[2]),
        unit: share
          ? text
              .slice(base + match.index + match[0].length - 1, base + end)
              .replace(/\s+/gu, ' ')
              .trim()
          : (match[3] ?? '%') + (/ ?\/ ?\p{L}+$/u.exec(match[0])?.[0].replace(/ /gu, '') ?? ''),
        span: [base + match.index, base + end],
        confidence: WAS.test(before) ? 0.4 : share ? 0.9 : 0.75,
      })
    }
  return [...found.values()].filter((one) => one.confidence > 0.5)
}

/** The nouns right behind `100%`, up to a verb or a mark: `100% xã, phường` is a share of `xã`. */
function shareOf(folded: string, from: number): number {
  const noun =
    /^ (?:số |các |hộ |gia đình |người |trẻ em |học sinh |cán bộ |xã|phường|thôn|bản|tổ|cơ quan|đơn vị|trường|huyện|thị trấn|con|dân|nhân)[^.,;:()]{0,60}?(?= (?:được|có|làm|đạt|tổ chức|thực hiện|tham gia|ký|là|đều|phải|triển khai|không|năm|trở lên|vào)|[.,;:()]|$)/u.exec(
      folded.slice(from, from + 90),
    )
  return noun?.[0].trimEnd().length ?? 0
}

function numberOf(written: string | undefined): number {
  return Number((written ?? '0').replace(/\./gu, '').replace(',', '.'))
}

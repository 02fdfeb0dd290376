import { phraseAt, phrases } from './words.ts'
import type { Word } from './words.ts'
import type { DutyRole } from './reading.ts'

const COORDINATES = phrases('phối hợp, phối kết hợp')
const HELPS = phrases('tham gia, hỗ trợ, cùng tham gia, cùng phối hợp')
const LEADS = phrases('chủ trì, chịu trách nhiệm chính, làm đầu mối')
/** Words before the first verb that say how, not what. */
const MANNERS = phrases(
  'tiếp tục, chủ động, tích cực, thường xuyên, kịp thời, có trách nhiệm, khẩn trương, hàng năm, hằng năm, chặt chẽ, phải, cần, sẽ, đề nghị',
)
const OPENINGS = phrases(
  'căn cứ, trên cơ sở, theo chức năng, theo nhiệm vụ, theo thẩm quyền, theo phân công, trong phạm vi, tuỳ, dựa',
)

/** `coordinate` by the first verb, `all` for a class of bodies, else `lead`; a class helps as one of its own, so only `phối hợp` counts there. */
export function roleOf(words: readonly Word[], verbAt: number, group: boolean): DutyRole {
  const at = firstVerb(words, verbAt)
  if (phraseAt(words, at, LEADS) > 0) return group ? 'all' : 'lead'
  if (phraseAt(words, at, COORDINATES) > 0) return 'coordinate'
  if (!group && phraseAt(words, at, HELPS) > 0) return 'coordinate'
  return group ? 'all' : 'lead'
}

function firstVerb(words: readonly Word[], from: number): number {
  let at = from
  if (words[at]?.folded === ':') at += 1
  if (phraseAt(words, at, OPENINGS) > 0) {
    for (let i = at; i < Math.min(words.length, at + 40); i += 1) {
      if (phraseAt(words, i, LEADS) > 0 || phraseAt(words, i, COORDINATES) > 0) return i
      if (words[i]?.folded === ',' && phraseAt(words, i + 1, COMMON) === 0) return skipManners(words, i + 1)
    }
  }
  return skipManners(words, at)
}

const COMMON = phrases('nhiệm vụ, quyền hạn, thẩm quyền, nhiệm vụ được giao')

function skipManners(words: readonly Word[], from: number): number {
  let at = from
  for (let size = phraseAt(words, at, MANNERS); size > 0; size = phraseAt(words, at, MANNERS)) {
    at += size
    if (words[at]?.folded === ',' || words[at]?.folded === ':') at += 1
  }
  return at
}

const OUTPUTS: readonly (readonly [string, RegExp])[] = [
  [
    'kế hoạch',
    /(?:xây dựng|ban hành|lập|hoàn thiện|tham mưu)[^.;:]{0,40}?(?<!thực hiện |triển khai )kế hoạch|chủ trì, xây dựng[^.;]{0,30}kế hoạch/u,
  ],
  ['báo cáo', /(?<![\p{L}])báo cáo(?! viên)/u],
  ['tin, bài', /tin, bài|tin bài|phóng sự|bài viết/u],
  ['chuyên mục', /chuyên mục|chuyên trang|chuyên đề/u],
  ['tài liệu', /(?:cung cấp|biên soạn|biên tập|in ấn|phát hành|xây dựng|sản xuất)[^.;]{0,60}?tài liệu/u],
  ['ấn phẩm', /ấn phẩm|tờ rơi|tờ rời|tờ gấp|áp phích/u],
  ['giấy phép', /cấp (?:giấy )?phép/u],
  ['dự toán', /(?<![\p{L}])(?:lập|xây dựng) dự toán/u],
  ['văn bản', /(?:ban hành|có) (?:các )?văn bản|công văn chỉ đạo/u],
  ['hội nghị', /tổ chức[^.;]{0,40}?(?:hội nghị|tập huấn|hội thảo|lễ mít|mít[ -]+tinh)/u],
  ['đề án', /(?:xây dựng|hoàn thiện) đề án/u],
  ['đoàn kiểm tra', /thành lập[^.;]{0,20}?đoàn kiểm tra/u],
]

/** What the folded words say is to be produced. */
export function outputsOf(folded: string): string[] {
  return OUTPUTS.filter(([, pattern]) => pattern.test(folded)).map(([name]) => name)
}

const ADVERB_RHYTHM =
  /(?<!kế hoạch |nhà nước |ngân sách |hoạt động |công tác |chương trình |báo cáo )(?:(?:định kỳ )?(?:hàng|hằng) (?:ngày|tuần|tháng|quý|năm)|định kỳ (?:\d+ (?:tháng|ngày|tuần) ?(?:\/ ?lần|một lần)?|quý|tháng|năm|6 tháng(?:, năm)?)|^thường xuyên|thường kỳ|mỗi (?:ngày|tuần|tháng|quý|năm)(?! chọn))/u
const NUMBERED_RHYTHM =
  /\d+(?: ?- ?\d+)? (?:lần|buổi|tin|bài|chương trình|chuyên mục|lượt)(?:, (?:bài|tin))? ?\/ ?(?:ngày|tuần|tháng|quý|năm)/u

/** `hàng năm`, `định kỳ quý`, `02 lần/ngày`, as written in the folded words; null where none says how often the duty comes. */
export function rhythmOf(folded: string): string | null {
  return ADVERB_RHYTHM.exec(folded)?.[0] ?? NUMBERED_RHYTHM.exec(folded)?.[0] ?? null
}

import type { Finding } from '../../kernel/index.ts'
import { FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES, THINGS_NAMED } from './names.ts'
import { findIn, type TextFields } from './text-fields.ts'

export interface KnownNames {
  /** Numbers that may stand: public hotlines. */
  readonly hotlines: readonly string[]
  /** The pseudonym the story uses; null when none was declared. */
  readonly pseudonym: string | null
  /** Names of communes and the like, to tell a place from a person. */
  readonly places: readonly string[]
}

const UPPER = String.raw`\p{Lu}[\p{Ll}\p{M}]*`
const FAMILY = [...new Set(FAMILY_NAMES)].join('|')
const MIDDLE = MIDDLE_NAMES.join('|')
/** `Sùng Thị Mỷ`, `Giàng A Páo`, `Nguyễn Văn T.`, `NGUYỄN THỊ HOA`. */
const FULL_NAME = new RegExp(
  String.raw`(?<!\p{L})(?:(?:${FAMILY})(?:\s+${UPPER}\.?){1,4}|${UPPER}\s+(?:${MIDDLE})\s+${UPPER}\.?(?:\s+${UPPER}\.?)?|(?:${FAMILY.toUpperCase()})(?:\s+\p{Lu}{1,7}){1,4})(?![\p{Ll}])`,
  'gu',
)
/** `N.T.H.`, `S.T.M`, `H.` behind a word for a person. */
const INITIALS = /(?<![\p{L}.])(?:\p{Lu}\.\s?){2,5}\p{Lu}?\.?(?!\p{Ll})/gu
const KIN =
  'chị|anh|em|cháu|bé|cô|bạn|nạn nhân|thiếu nữ|nữ sinh|nam sinh|thanh niên|mẹ|bố|vợ|chồng|con gái|con trai|tên là|tên'
const CALLED = new RegExp(
  String.raw`(?<!\p{L})(?:${KIN}|${capital(KIN)})\s+(?:tên\s+|là\s+|của\s+)?(${UPPER}(?:\s+${UPPER})?\.?|\p{Lu}\.)(?![\p{Ll}])`,
  'gu',
)
const GIVEN = new RegExp(String.raw`(?<!\p{L})(?:${GIVEN_NAMES.join('|')})(?!\p{L})`, 'gu')
const PHONE = /(?<![\d/])(?:\+?84|[0Oo])(?:[\s.\-–]?[\dOo]){8,10}(?![\d/])/gu
const SPOKEN_PHONE =
  /(?:(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)[\s,]+){7,}(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)/giu
const IDENTITY = /(?<![\d.,/])(?:\d{12}|\d{9})(?![\d.,/]\d|\d)|(?<!\p{L})[A-Z]\d{7,8}(?!\d)/gu
const ACCOUNT = /(?:tài khoản|stk|số tk)[^\d\n]{0,25}\d[\d\s.]{6,}/giu
const PLATE = /(?<![\d\p{L}])\d{2}\s?-?\s?[A-Z]\d?\s?-?\s?\d{3}[.\s]?\d{1,2}(?!\d)/gu
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+/gu
const PROFILE =
  /(?:facebook|fb|zalo|tiktok|instagram|messenger)(?:\.com\/\S+|\s*[:：]?\s*@?[\w.]*\d[\w.]*|\s+(?:tên|nick|của)\s+[“"']?[\p{L}\w]+)|(?<![\w])@[\w.]{4,}/giu
const ADDRESS = new RegExp(
  String.raw`(?<!\p{L})(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt)\s+\d+\p{L}?(?:\/\d+)*|(?<!\p{L})(?:thôn|bản|tổ|xóm|ấp|buôn|khu phố|tổ dân phố|đội)\s+(?:số\s+)?(?!Biên)(?:${UPPER}|\d+)(?:\s+(?:${UPPER}|\d+))*`,
  'gu',
)
const BIRTH =
  /(?:sinh (?:ngày|năm)|sn|sinh:?)\s*:?\s*\d{1,4}(?:[/.]\d{1,2})?(?:[/.]\d{4})?|(?:sinh) ngày \d{1,2} tháng \d{1,2}/giu
const AGE = /(?<!\p{L})(?:\d{1,2}|mười \p{L}+|hai mươi(?: \p{L}+)?)\s+tuổi(?!\p{L})/giu
const GENERAL_AGE = /(?:từ|trên|dưới|đủ|đến|độ|khoảng từ|nhóm|-|–)\s*$/iu
const SCHOOL = new RegExp(
  String.raw`(?:học sinh|học|em|lớp)\s+lớp\s+\d{1,2}\p{L}?\d?|lớp\s+\d{1,2}[A-Za-zĐđ]\d?(?!\p{L})`,
  'giu',
)
const WORKPLACE = new RegExp(
  String.raw`(?:làm (?:việc )?(?:tại|ở|cho)|công nhân|nhân viên)\s+(?:công ty|nhà hàng|quán|tiệm|xưởng|khách sạn|cửa hàng|karaoke)\s+[“"]?${UPPER}`,
  'giu',
)
const KINSHIP = new RegExp(
  String.raw`(?<!\p{L})(?:con|vợ|chồng|em|chị|anh|cháu|mẹ|bố)\s+(?:gái|trai|ruột|họ|của)?\s*(?:của\s+)?(?:ông|bà|trưởng thôn|trưởng bản|thầy giáo|thầy|cô giáo|chủ tịch xã)(?:\s+${UPPER})?`,
  'giu',
)

/** What tells who a person is, in the text of a story. A safety net: it would rather say too much. */
export function checkIdentity(fields: TextFields, known: KnownNames): Finding[] {
  const digits = new Set(known.hotlines.map((number) => number.replace(/\D/g, '')))
  const placeNames = new Set(known.places.map((name) => name.toLowerCase()))
  const block = (code: string) => (match: RegExpExecArray) => ({
    code,
    weight: 'block' as const,
    facts: { words: match[0] },
  })
  const direct = [
    ...findIn(fields, FULL_NAME, (match, text) =>
      isPerson(match[0], match.index, text, known, placeNames) ? block('identity.name')(match) : null,
    ),
    ...findIn(fields, INITIALS, (match, text) =>
      isOffice(text, match.index) || /^TP\.?$/.test(match[0]) ? null : block('identity.initials')(match),
    ),
    ...findIn(fields, CALLED, (match) => {
      const name = match[1] ?? ''
      return name === known.pseudonym || NOT_NAMES.has(name.split(/\s/)[0] ?? '') ? null : block('identity.name')(match)
    }),
    ...findIn(fields, GIVEN, (match, text) =>
      match[0] === known.pseudonym || THING_BEFORE.test(text.slice(Math.max(0, match.index - 40), match.index))
        ? null
        : block('identity.name')(match),
    ),
    ...findIn(fields, PHONE, (match) =>
      digits.has(match[0].replace(/\D/g, '')) ? null : block('identity.phone')(match),
    ),
    ...findIn(fields, SPOKEN_PHONE, block('identity.phone')),
    ...findIn(fields, IDENTITY, (match) => (digits.has(match[0]) ? null : block('identity.number')(match))),
    ...findIn(fields, ACCOUNT, block('identity.account')),
    ...findIn(fields, PLATE, block('identity.plate')),
    ...findIn(fields, MAIL, (match) => (/\.gov\.vn$/i.test(match[0]) ? null : block('identity.profile')(match))),
    ...findIn(fields, PROFILE, block('identity.profile')),
    ...findIn(fields, ADDRESS, block('identity.address')),
    ...findIn(fields, BIRTH, block('identity.birth')),
    ...findIn(fields, SCHOOL, block('identity.school')),
    ...findIn(fields, WORKPLACE, block('identity.workplace')),
    ...findIn(fields, KINSHIP, block('identity.kin')),
  ]
  return [...direct, ...checkCombinations(fields, placeNames)]
}

const NOT_NAMES = new Set([
  'Mông',
  'Dao',
  'Tày',
  'Nùng',
  'Giáy',
  'Thái',
  'Kinh',
  'Hà',
  'Việt',
  'Lào',
  'Trung',
  'Campuchia',
  'Myanmar',
  'Tổng',
  'Ủy',
  'Công',
  'Bộ',
  'Sở',
  'Hội',
  'Đoàn',
  'Khi',
  'Không',
  'Hãy',
  'Nếu',
  'Đừng',
])

function isPerson(name: string, at: number, text: string, known: KnownNames, places: ReadonlySet<string>): boolean {
  if (known.pseudonym !== null && name.startsWith(known.pseudonym)) return false
  if (places.has(name.toLowerCase()) || PLACES.test(name)) return false
  if (isOffice(text, at)) return false
  const before = text.slice(Math.max(0, at - 40), at)
  return !THING_BEFORE.test(before) && !PLACE_BEFORE.test(before)
}
/** Places and titles that begin like a family name. */
const PLACES =
  /^(?:Hà Nội|Hà Giang|Hà Tĩnh|Hà Nam|Lào Cai|Lương Sơn|Cao Bằng|Thái Nguyên|Thái Bình|Bùi Thị Xuân|Hồ Chí Minh|Trần Hưng Đạo|Lê Lợi|Lê Hồng Phong|Hoàng Liên Sơn|Hoàng Liên|Hoàng Văn Thụ|Nguyễn Huệ|Mai Châu|Vi Xuyên|Trung tâm|Lê Văn Tám|Kim Đồng|Võ Thị Sáu|Đinh Tiên Hoàng|Lý Thường Kiệt|Phan Bội Châu|Chu Văn An|Tô Hiệu)/u

/** The name of a place goes on: `xã Si Ma Cai`. */
const PLACE_BEFORE = new RegExp(
  String.raw`(?:xã|phường|huyện|tỉnh|thị trấn|thị xã|thành phố)\s+(?:${UPPER}\s+){1,2}$`,
  'u',
)
const THING_BEFORE = new RegExp(String.raw`(?:^|[\s(“"])(?:${THINGS_NAMED})\s+$`, 'iu')
const RANK_BEFORE =
  /(?:^|[\s,(])(?:đồng chí|thượng tá|trung tá|thiếu tá|đại tá|đại úy|thượng úy|trung úy|thiếu úy|thiếu tướng|bộ trưởng|thủ tướng|luật sư|bác sĩ)\s+$/iu
const POST_BEFORE = /(?:giám đốc|chủ tịch|bí thư|trưởng phòng|trưởng ban)[^.;\n]{0,40}$/iu
const POST_AFTER =
  /^[^.;\n]{0,40},\s*(?:phó\s+)?(?:giám đốc|chủ tịch|bí thư|trưởng|phó|chánh|chỉ huy|đồn trưởng|cán bộ)/iu

/** Said of somebody in their office: an official, not a victim. */
function isOffice(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 60), at)
  return RANK_BEFORE.test(before) || POST_BEFORE.test(before) || POST_AFTER.test(text.slice(at, at + 80))
}

/** Commune + age + people + day: none says who it is, three of them within a passage do. */
function checkCombinations(fields: TextFields, places: ReadonlySet<string>): Finding[] {
  return Object.entries(fields).flatMap(([field, text]) => {
    let from = 0
    return text.split(/\n+/).flatMap((passage): Finding[] => {
      const start = text.indexOf(passage, from)
      from = start + passage.length
      const traits = traitsOf(passage, places)
      if (traits.length < 3) return []
      const facts = { traits: traits.join(','), count: traits.length }
      return [{ code: 'identity.combination', weight: 'block', field, span: [start, from], facts, mend: null }]
    })
  })
}

function traitsOf(passage: string, places: ReadonlySet<string>): string[] {
  const lower = passage.toLowerCase()
  const ages = [...passage.matchAll(AGE)].filter(
    (match) => !GENERAL_AGE.test(passage.slice(Math.max(0, match.index - 10), match.index)),
  )
  const named =
    /(?<!\p{L})(?:xã|phường|huyện|thị trấn|thị xã)\s+\p{Lu}/u.test(passage) ||
    [...places].some((name) => lower.includes(name))
  const traits: readonly (readonly [string, boolean])[] = [
    ['place', named],
    ['age', ages.length > 0],
    [
      'people',
      /(?:người|dân tộc|gái|phụ nữ|cô gái|thiếu nữ)\s+(?:dân tộc\s+)?(?:Mông|Dao|Tày|Nùng|Giáy|Thái|Mường|Hà Nhì|La Chí|Phù Lá|Bố Y|Xa Phó|Lô Lô|Kháng|Hmông)/u.test(
        passage,
      ),
    ],
    ['day', /(?<!\p{L})ngày\s+\d{1,2}(?:\/\d|\s+tháng)|tháng\s+\d{1,2}(?:\/|\s+năm\s+)\d{4}/iu.test(passage)],
    [
      'relation',
      /(?:gia đình|bố mẹ|chồng|vợ|con)\s+(?:em|chị|cháu|nạn nhân|cô)/iu.test(passage) &&
        /(?:duy nhất|cả bản|cả thôn|ai cũng biết)/iu.test(passage),
    ],
  ]
  return traits.filter(([, there]) => there).map(([name]) => name)
}

function capital(words: string): string {
  return words
    .split('|')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('|')
}

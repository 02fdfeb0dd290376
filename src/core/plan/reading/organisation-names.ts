import type { RegisteredOrganisation } from './reading.ts'
import { fold, wordsOf } from './words.ts'

const LONG_FORMS: readonly (readonly [RegExp, string])[] = [
  [/(?<=^| )ub ?nd(?= |$)/gu, 'uỷ ban nhân dân'],
  [
    /(?<=^| )(?:ub mttqvn|ub mttq vn|ubmttqvn|ubmttq|ub mttq|uỷ ban mttq vn|uỷ ban mttq)(?= |$)/gu,
    'uỷ ban mặt trận tổ quốc việt nam',
  ],
  [/(?<=^| )mttq(?: vn)?(?= |$)/gu, 'mặt trận tổ quốc việt nam'],
  [/(?<=^| )chqs(?= |$)/gu, 'chỉ huy quân sự'],
  [/(?<=^| )bđbp(?= |$)/gu, 'bộ đội biên phòng'],
  [/(?<=^| )bcđ(?= |$)/gu, 'ban chỉ đạo'],
  [/(?<=^| )lhpn(?= |$)/gu, 'liên hiệp phụ nữ'],
  [/(?<=^| )tncs(?= |$)/gu, 'thanh niên cộng sản'],
  [/(?<=^| )gd ?đt(?= |$)/gu, 'giáo dục đào tạo'],
  [/(?<=^| )(?:tt tt|tttt)(?= |$)/gu, 'thông tin truyền thông'],
  [/(?<=^| )(?:vh tt dl|vhttdl)(?= |$)/gu, 'văn hoá thể thao du lịch'],
  [/(?<=^| )(?:lđ tb xh|lđ tbxh|lđtbxh)(?= |$)/gu, 'lao động thương binh xã hội'],
  [/(?<=^| )(?:nn ptnt|nông nghiệp ptnt)(?= |$)/gu, 'nông nghiệp phát triển nông thôn'],
]

/** A name reduced to what tells it from others: folded, abbreviations written out, marks and `và` dropped. */
export function nameKey(name: string): string {
  let key = wordsOf(name)
    .map((word) => word.folded)
    .filter((word) => word !== 'và' && /[\p{L}\p{N}]/u.test(word))
    .join(' ')
  for (const [short, long] of LONG_FORMS) key = key.replace(short, long)
  return key
}

const PERSON =
  /^(?:(?:đồng chí|đ\/c|các đồng chí)\s+)?(?:phó\s+)?(?:giám đốc|thủ trưởng|người đứng đầu|chủ tịch|bộ trưởng|chánh văn phòng|chánh thanh tra|hiệu trưởng|chỉ huy trưởng|tổng biên tập|tổng giám đốc|trưởng ban|trưởng phòng|bí thư)\s+/u

/** The body behind its head: `Giám đốc Công an tỉnh` is told what `Công an tỉnh` is to do. */
export function withoutOffice(name: string): string {
  const folded = fold(name)
  const office = PERSON.exec(folded)
  const rest = office ? name.slice(office[0].length) : name
  if (/^(?:chánh )?văn phòng/u.test(folded) || /^chánh văn phòng/u.test(folded)) return name.replace(/^Chánh\s+/iu, '')
  if (office && /^chủ tịch/u.test(folded) && !/ubnd|uỷ ban|hội|mttq|liên/u.test(fold(rest))) return name
  return rest
}

export class OrganisationNames {
  readonly alive: readonly RegisteredOrganisation[]
  private readonly byKey = new Map<string, RegisteredOrganisation[]>()

  /** The organisations of `day`, findable by any way to write them. */
  constructor(organisations: readonly RegisteredOrganisation[], day: string) {
    this.alive = organisations.filter(
      (one) => (one.from === null || one.from <= day) && (one.to === null || day <= one.to),
    )
    for (const one of this.alive)
      for (const key of new Set([one.name, ...one.aliases].flatMap(keysOf))) this.put(key, one)
  }

  /** All bodies that a written name may mean, those of the highest level alone. */
  find(name: string): readonly RegisteredOrganisation[] {
    const key = nameKey(name)
    const found = this.byKey.get(key) ?? this.byKey.get(key.replace(/ (?:tỉnh|thành phố|huyện|xã|phường)$/u, '')) ?? []
    for (const level of ['national', 'province', 'district', 'commune'] as const) {
      const there = found.filter((one) => one.level === level)
      if (there.length > 0) return there
    }
    return []
  }

  private put(key: string, one: RegisteredOrganisation): void {
    const same = this.byKey.get(key)
    if (same) same.push(one)
    else this.byKey.set(key, [one])
  }
}

/** `Công an tỉnh Lào Cai` is also `Công an tỉnh`; `Sở Y tế tỉnh Lào Cai` also `Sở Y tế`. */
function keysOf(name: string): string[] {
  const key = nameKey(name)
  const short = key.replace(/ (tỉnh|huyện|thị xã|thành phố|xã|phường|thị trấn)(?: \p{L}+){1,3}$/u, ' $1')
  return short === key ? [key] : [key, short, short.replace(/ tỉnh$/u, '')]
}

/** Types of documents: Decree 30/2020/NĐ-CP annex III, the Party's Guidance 36-HD/VPTW, and those that make law. */
const TYPES = [
  'Nghị quyết',
  'Quyết định',
  'Chỉ thị',
  'Quy chế',
  'Quy định',
  'Thông cáo',
  'Thông báo',
  'Hướng dẫn',
  'Chương trình',
  'Kế hoạch',
  'Phương án',
  'Đề án',
  'Dự án',
  'Báo cáo',
  'Tờ trình',
  'Công văn',
  'Công điện',
  'Kết luận',
  'Thông tri',
  'Nghị định',
  'Thông tư',
  'Thông tư liên tịch',
  'Pháp lệnh',
  'Bộ luật',
  'Luật',
  'Lệnh',
  'Hiến pháp',
  'Kịch bản',
  'Đề cương',
  'Thư ngỏ',
  'Lời kêu gọi',
  'Tuyên truyền',
] as const

const BY_FOLDED = new Map(TYPES.map((type) => [type.toLowerCase(), type as string]))

/** Types that head a document; a law is cited by plans and is not one. */
const HEADS = TYPES.slice(0, 19).map((type) => type.toLowerCase())

/** `KẾ HOẠCH` alone on its line, its colon and its spaces aside, is `Kế hoạch`. */
export function typeAlone(folded: string): string | null {
  const words = folded
    .replace(/[\s:|*.\-_]+$/u, '')
    .replace(/^[|*\-_\s]+/u, '')
    .replace(/ {2,}/gu, ' ')
  return HEADS.includes(words) ? (BY_FOLDED.get(words) ?? null) : null
}

/** `Chỉ thị về việc …`, `KẾ HOẠCH Thông tin …`: the type with the title behind it; the title's place in the line. */
export function typeWithTitle(line: string, folded: string): { type: string; titleAt: number } | null {
  for (const head of HEADS) {
    if (!folded.startsWith(head)) continue
    const words = line.slice(0, head.length)
    const rest = /^\s*[:–-]?\s*/u.exec(folded.slice(head.length))?.[0] ?? ''
    const titleAt = head.length + rest.length
    const titled = words === words.toUpperCase() || /^(?:về việc|v\/v|về) /u.test(folded.slice(titleAt))
    if (rest !== '' && titled && titleAt < line.length) return { type: BY_FOLDED.get(head) ?? words, titleAt }
  }
  return null
}

/** By the letters in a number: `KH-UBND`, `KH/TU`, `QĐ-TTg`. */
const LETTERS: Readonly<Record<string, string>> = {
  nq: 'Nghị quyết',
  qđ: 'Quyết định',
  ct: 'Chỉ thị',
  qc: 'Quy chế',
  qyđ: 'Quy định',
  tc: 'Thông cáo',
  tb: 'Thông báo',
  hd: 'Hướng dẫn',
  ctr: 'Chương trình',
  kh: 'Kế hoạch',
  pa: 'Phương án',
  đa: 'Đề án',
  da: 'Dự án',
  bc: 'Báo cáo',
  ttr: 'Tờ trình',
  cđ: 'Công điện',
  kl: 'Kết luận',
  tt: 'Thông tư',
  nđ: 'Nghị định',
  ttlt: 'Thông tư liên tịch',
  pl: 'Pháp lệnh',
  cv: 'Công văn',
}

export function typeOfSymbol(symbol: string): string | null {
  const letters = symbol
    .toLowerCase()
    .split(/[/-]/u)
    .find((part) => LETTERS[part] !== undefined)
  return letters === undefined ? null : (LETTERS[letters] ?? null)
}

/** `luật` is `Luật`; null for a word that names no type. */
export function typeNamed(folded: string): string | null {
  return BY_FOLDED.get(folded) ?? null
}

/** For a pattern: the longest first, so that `thông tư liên tịch` is not read as `thông tư`. */
export const CITED_TYPES = [...BY_FOLDED.keys()]
  .filter((type) => type !== 'tuyên truyền')
  .sort((a, b) => b.length - a.length)

import { ABBREVIATIONS, DOCUMENT_TYPES, ISSUERS } from './spoken-dictionary.ts'
import { readNumber } from './spoken-numbers.ts'

const TYPE = String.raw`(?:(${Object.keys(DOCUMENT_TYPES).join('|')}|${Object.values(DOCUMENT_TYPES).join('|')})\s+)?`
const STATE = new RegExp(
  String.raw`${TYPE}([Ss]ố\s+)?(?<![\d/.,])(\d{1,5})(?:/(\d{4}))?/([A-ZĐ]\p{L}*)(\d{1,2})?(?:-([\p{L}-]+))?(?![\p{L}\d])`,
  'gu',
)
const PARTY = new RegExp(
  String.raw`${TYPE}([Ss]ố\s+)?(?<![\d/.,])(\d{1,4})-(${Object.keys(DOCUMENT_TYPES).join('|')})/(T[WU]|ĐU)(?!\p{L})`,
  'gu',
)

/** `QĐ 193/QĐ-TTg`, `162/2025/NĐ-CP`, `53/2024/QH15`, `1245/UBND-VX`, `13-KL/TW`. */
export function notations(text: string): string {
  return text
    .replace(STATE, (...found: [string, ...(string | undefined)[]]) => stateWords(found))
    .replace(
      PARTY,
      (_all, before: string | undefined, so: string | undefined, number: string, code: string, issuer: string) =>
        [typeWords(before ?? (so ? '' : code)), so?.trim() ?? 'số', readNumber(number), `của ${issuerWords(issuer)}`]
          .filter(Boolean)
          .join(' '),
    )
}

function stateWords([all, before, so, number, year, code, term, issuer]: [string, ...(string | undefined)[]]): string {
  if (code === undefined || number === undefined) return all
  const parliament = code === 'QH' && term !== undefined
  const letter = code in ISSUERS && !(code in DOCUMENT_TYPES)
  // `5/Khu`: a number and a word that are no notation.
  if (!parliament && !letter && !(code in DOCUMENT_TYPES) && !/^\p{Lu}+$/u.test(code)) return all
  const by = parliament
    ? `Quốc hội khóa ${readNumber(term)}`
    : letter
      ? letterWords(code, issuer)
      : issuersWords(issuer)
  const kind = typeWords(before ?? (so ? '' : letter ? 'CV' : code))
  return [kind, so?.trim() ?? 'số', readNumber(number), year && `năm ${readNumber(year)}`, by && `của ${by}`]
    .filter(Boolean)
    .join(' ')
}

/** An official letter has no type: behind its number stand who wrote it and which room. */
function letterWords(code: string, room: string | undefined): string {
  return [issuerWords(code), room && [...room].join(' ')].filter(Boolean).join(', ')
}

function issuersWords(codes: string | undefined): string {
  return (codes ?? '').split('-').filter(Boolean).map(issuerWords).join(', ')
}

function typeWords(code: string): string {
  return DOCUMENT_TYPES[code] ?? (Object.values(DOCUMENT_TYPES).includes(code) ? code : '')
}

function issuerWords(code: string): string {
  return ISSUERS[code] ?? ABBREVIATIONS[code] ?? [...code].join(' ')
}

import type { Sending } from '../../core/release/index.ts'
import type { SendingSettings } from './sending-fields.ts'

/** How a text says that it takes the place of an earlier one, with and without diacritics. */
const AGAIN: Readonly<Record<string, Readonly<Record<'correction' | 'replacement', readonly [string, string]>>>> = {
  vi: { correction: ['Đính chính: ', 'Dinh chinh: '], replacement: ['Thay tin trước: ', 'Thay tin truoc: '] },
  en: {
    correction: ['Correction: ', 'Correction: '],
    replacement: ['Instead of the last one: ', 'Instead of the last one: '],
  },
}
const FIRST_LANGUAGE = 'vi'

/**
 * The words of a row for whoever reads `language`: the approved text in that language, else in one of the outlet's, else in
 * Vietnamese, else in any there is. Null when there is none. Whoever has what is corrected is told that this corrects it.
 */
export function wordsFor(
  { kind, corrects, outlet, renditions }: Pick<Sending, 'kind' | 'corrects' | 'outlet' | 'renditions'>,
  language: string | null,
  words: SendingSettings['words'],
): string | null {
  const wanted = [language, ...outlet.languages, FIRST_LANGUAGE]
  const written = renditions.filter(({ fields }) => (fields[words] ?? '').trim() !== '')
  const found = wanted.map((tag) => written.find((one) => one.language === tag)).find(Boolean) ?? written[0]
  if (!found) return null
  const begins =
    kind === 'correction' || kind === 'replacement' ? (AGAIN[found.language] ?? AGAIN[FIRST_LANGUAGE])?.[kind] : null
  const [accented, unaccented] = begins ?? ['', '']
  const prefix = corrects ? (words === 'accented' ? accented : unaccented) : ''
  return `${prefix}${found.fields[words]}`
}

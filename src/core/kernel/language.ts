export const LANGUAGES = ['vi', 'en'] as const
/** The languages the office speaks; messages for citizens have many more. */
export type Language = (typeof LANGUAGES)[number]

/** NFC with surrounding blanks gone: how every text enters. */
export function tidy(text: string): string {
  return text.normalize('NFC').trim()
}

/** The key for search without diacritics: `Đền ơn` → `den on`. The database function `fold(text)` does the same. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

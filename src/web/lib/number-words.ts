import type { Language } from '#core/kernel/index.ts'

const formatters = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }

/** A number with the marks of the language: `1234.5` → `1.234,5` in Vietnamese, `1,234.5` in English. */
export function numberWords(value: number, language: Language): string {
  return formatters[language].format(value)
}

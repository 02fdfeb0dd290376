import type { Language } from '#core/kernel/index.ts'

const formatters = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }

/** A figure of any size with the marks of the language. */
export function figureWords(value: bigint, language: Language): string {
  return formatters[language].format(value)
}

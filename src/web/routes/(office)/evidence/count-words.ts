import type { Catalogue, Count } from '#core/evidence/index.ts'
import type { Language } from '#core/kernel/index.ts'
import { numberWords } from '#web/lib/number-words.ts'

/** The whole numbers in words with their units, `84 lượt người · 1 buổi`; `≈` before what was guessed. */
export function countWords(counts: readonly Count[], { indicators }: Catalogue, language: Language): string {
  const place = new Map(indicators.map(({ code }, at) => [code, at]))
  return counts
    .filter(({ breakdown }) => breakdown === 'all')
    .toSorted((one, other) => (place.get(one.indicator) ?? 0) - (place.get(other.indicator) ?? 0))
    .map(({ indicator, value, estimated }) => {
      const unit = indicators.find(({ code }) => code === indicator)?.unit ?? indicator
      return `${estimated ? '≈ ' : ''}${numberWords(value, language)} ${unit}`
    })
    .join(' · ')
}

import type { Words } from '#app/wording/words.ts'
import type { StandingFinding } from '#core/evidence/index.ts'
import { dayWords } from '#web/lib/date-words.ts'

/** A finding in words. */
export function shownFinding(w: Words, { code, key, facts, otherId, answer, answeredBy }: StandingFinding) {
  const said = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, name === 'day' ? dayWords(String(value)) : value]),
  )
  return { code, key, words: w(`evidence_finding_${code}`, said), otherId, answer, answeredBy }
}

import { citationsIn, type Citation } from './citations.ts'
import type { Ground } from './ground.ts'
import type { LegalBasis, RegisteredLaw } from './reading.ts'
import { fold } from './words.ts'

/** Documents that the plan cites, each once, where it is cited first; in force or not by the register, on `today`. */
export function findBases(ground: Ground): LegalBasis[] {
  const { text, folded, head } = ground
  const seen = new Set<string>()
  const bases: LegalBasis[] = []
  for (const block of ground.blocks) {
    for (const cited of citationsIn(text, folded, block.bodyStart, block.end)) {
      const name = keyOf(cited.notation, cited.title)
      // The same number on another day is another document; without a day it is the one cited before.
      const key = cited.notation === null || cited.issuedOn === null ? name : `${name} ${cited.issuedOn}`
      if (seen.has(key) || (head.notation !== null && name === keyOf(head.notation, null))) continue
      seen.add(key).add(name)
      const law = lawOf(ground.register.laws, cited)
      bases.push({
        ...cited,
        issuedOn: cited.issuedOn ?? null,
        inForce: law ? isInForce(law, ground.today) : null,
        confidence: cited.notation !== null || law ? 0.95 : cited.issuedOn !== null ? 0.9 : 0.75,
      })
    }
  }
  return bases
}

/** The law of the register that a citation means; the one alive on its day where a name was borne twice. */
export function lawOf(
  laws: readonly RegisteredLaw[],
  cited: Pick<Citation, 'notation' | 'title' | 'issuedOn'>,
): RegisteredLaw | null {
  const { notation, title } = cited
  if (notation !== null) {
    const same = laws.filter((law) => law.notation !== null && keyOf(law.notation, null) === keyOf(notation, null))
    // Numbers begin anew each year: another day is another document.
    return (
      same.find((law) => cited.issuedOn === null || law.issuedOn === null || law.issuedOn === cited.issuedOn) ?? null
    )
  }
  const name = titleKey(title ?? '')
  const named = name === '' ? [] : laws.filter((law) => titleKey(law.title) === name)
  const dated = named.find((law) => cited.issuedOn !== null && law.issuedOn === cited.issuedOn)
  return dated ?? named.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))[0] ?? null
}

export function isInForce(law: RegisteredLaw, day: string): boolean {
  return (law.from === null || law.from <= day) && (law.to === null || day <= law.to)
}

function keyOf(notation: string | null, title: string | null): string {
  return notation === null ? titleKey(title ?? '') : fold(notation).replace(/\s+/gu, '')
}

/** `Luật phòng chống mua bán người` and `Luật Phòng, chống mua bán người` are one law. */
function titleKey(title: string): string {
  return fold(title)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/ năm \d{4}$/u, '')
}

import { lawOf } from './bases.ts'
import type { Ground } from './ground.ts'
import type { Duty, HotlineFound, LegalBasis, Span, Warning } from './reading.ts'

interface Read {
  readonly legalBases: readonly LegalBasis[]
  readonly hotlines: readonly HotlineFound[]
  readonly duties: readonly Duty[]
}

/** After this many days a hotline is to be called again before it is told to the public. */
const HOTLINE_VERIFIED_DAYS = 365

/** What a person should look at before confirming. */
export function findWarnings(ground: Ground, read: Read): Warning[] {
  return [
    ...ofHead(ground),
    ...ofLaws(ground, read.legalBases),
    ...ofHotlines(ground, read.hotlines),
    ...ofBodies(ground, read.duties),
  ]
}

function ofHead({ head, text }: Ground): Warning[] {
  const start: Span = head.spans.notation ?? head.spans.title ?? [0, Math.min(1, text.length)]
  const warnings: Warning[] = []
  if (head.notation === null) warnings.push({ code: 'number.missing', span: start, facts: {} })
  if (head.issuedOn === null) warnings.push({ code: 'day.missing', span: head.spans.issuedOn ?? start, facts: {} })
  return warnings
}

function ofLaws({ register, today }: Ground, bases: readonly LegalBasis[]): Warning[] {
  return bases.flatMap((basis): Warning[] => {
    const law = basis.inForce === false ? lawOf(register.laws, basis) : null
    if (!law?.to || law.to >= today) return []
    const name = basis.notation ?? basis.title ?? ''
    return law.replacedBy === null
      ? [{ code: 'law.ended', span: basis.span, facts: { law: name, to: law.to } }]
      : [{ code: 'law.replaced', span: basis.span, facts: { law: name, to: law.to, replacedBy: law.replacedBy } }]
  })
}

function ofHotlines({ register, today }: Ground, hotlines: readonly HotlineFound[]): Warning[] {
  return hotlines.flatMap(({ number, name, span }): Warning[] => {
    const known = register.hotlines.find((one) => one.number.replace(/\D/gu, '') === number)
    if (known?.to && known.to < today) return [{ code: 'hotline.ended', span, facts: { number, name, to: known.to } }]
    const oldest = new Date(Date.parse(`${today}T00:00:00Z`) - HOTLINE_VERIFIED_DAYS * 86_400_000)
    const fresh = known?.verifiedOn && known.verifiedOn >= oldest.toISOString().slice(0, 10)
    return fresh ? [] : [{ code: 'hotline.unverified', span, facts: { number, name } }]
  })
}

function ofBodies({ register, today }: Ground, duties: readonly Duty[]): Warning[] {
  const byCode = new Map(register.organisations.map((one) => [one.code, one]))
  const warnings: Warning[] = []
  const seen = new Set<string>()
  for (const { assignees, span } of duties) {
    for (const { name, organisations } of assignees) {
      if (organisations.length === 0 && !seen.has(name)) {
        seen.add(name)
        warnings.push({ code: 'organisation.unknown', span, facts: { name } })
      }
      for (const code of organisations) {
        const body = byCode.get(code)
        if (!body?.to || body.to >= today || seen.has(code)) continue
        seen.add(code)
        const successors = body.successors.map((one) => byCode.get(one)?.name ?? one).join('; ')
        warnings.push({ code: 'organisation.ended', span, facts: { name: body.name, to: body.to, successors } })
      }
    }
  }
  return warnings
}

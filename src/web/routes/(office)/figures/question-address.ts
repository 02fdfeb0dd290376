import type { Question } from '#core/figure/index.ts'

/** The address that asks a question: `questionOfUrl` reads it back as it was. */
export function questionAddress(path: string, question: Question): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string | number | null, unasked: string | number | null = null) => {
    if (value !== null && value !== unasked) query.set(name, String(value))
  }
  for (const indicator of question.indicators) query.append('indicator', indicator)
  put('from', question.from)
  put('to', question.to)
  put('by', question.by, 'place')
  put('place', question.place ?? 'all')
  put('place_reach', question.placeReach, 'within')
  put('organisation', question.organisation)
  put('organisation_reach', question.organisationReach, 'within')
  put('campaign', question.campaign)
  for (const name of ['theme', 'channel', 'audience', 'language', 'grade', 'acceptance'] as const)
    put(name, question[name])
  put('accepted', question.acceptedFrom)
  if (question.part) query.set('part', `${question.part.breakdown}:${question.part.code}`)
  put('first_day', question.firstDay)
  put('map', question.mapDay)
  put('as_of', question.asOf?.toISOString() ?? null)
  return `${path}?${query}`
}

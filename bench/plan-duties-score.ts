import type { Duty, Reading } from '../src/core/plan/reading/reading.ts'

/** The labels of one document, as the README beside them says. */
export interface Labels {
  readonly duties: readonly LabelledDuty[]
  readonly channels: readonly string[]
  readonly channelsDoubtful?: readonly string[]
  readonly targets: readonly number[]
  readonly targetsDoubtful?: readonly number[]
  readonly unlabelled: readonly string[]
}

interface LabelledDuty {
  readonly clause: string
  readonly assignees: readonly string[]
  readonly role: string
  readonly textStart: string
  readonly deadline: string | null
  readonly at: number
}

export interface Score {
  labelled: number
  found: number
  assigned: number
  roles: number
  clauses: number
  deadlines: number
  claimed: number
  falselyClaimed: number
  channels: string
  targets: string
  wrong: string[]
}

const CLOSE_CHARACTERS = 12

/** Counts a label as found where a duty begins with its words, or within a few characters of its place. */
export function scoreDuties(raw: string, labels: Labels, reading: Reading): Score {
  const score: Score = {
    labelled: labels.duties.length,
    found: 0,
    assigned: 0,
    roles: 0,
    clauses: 0,
    deadlines: 0,
    claimed: 0,
    falselyClaimed: 0,
    channels: '',
    targets: '',
    wrong: [],
  }
  const left = new Set(reading.duties)
  for (const label of labels.duties) {
    const at = raw.slice(0, label.at).normalize('NFC').length
    const duty = [...left].find((one) => Math.abs(one.span[0] - at) <= CLOSE_CHARACTERS && begins(one, label))
    if (!duty) {
      score.wrong.push(`missed   ${label.clause}: ${label.textStart}`)
      continue
    }
    left.delete(duty)
    score.found += 1
    if (sameNames(duty, label)) score.assigned += 1
    else
      score.wrong.push(
        `assigned ${label.clause}: ${duty.assignees.map((one) => one.name).join(' | ')} instead of ${label.assignees.join(' | ')}`,
      )
    if (duty.role === label.role) score.roles += 1
    else score.wrong.push(`role     ${label.clause}: ${duty.role} instead of ${label.role}: ${label.textStart}`)
    if (duty.clause === label.clause) score.clauses += 1
    else score.wrong.push(`clause   ${duty.clause} instead of ${label.clause}`)
    if (sameDeadline(duty, label)) score.deadlines += 1
    else
      score.wrong.push(
        `deadline ${label.clause}: ${JSON.stringify(duty.deadline)} ${duty.rhythm} instead of ${label.deadline}`,
      )
  }
  score.claimed = reading.duties.length
  for (const duty of left) {
    if (isUnlabelled(duty, labels.unlabelled)) continue
    score.falselyClaimed += 1
    score.wrong.push(
      `claimed  ${duty.clause}: ${duty.assignees.map((one) => one.name).join(' | ')}: ${duty.text.slice(0, 70)}`,
    )
  }
  score.channels = difference(
    'channels',
    new Set(labels.channels),
    new Set(labels.channelsDoubtful ?? []),
    new Set(reading.channels.map((one) => one.channel)),
  )
  score.targets = difference(
    'targets',
    new Set(labels.targets.map(String)),
    new Set((labels.targetsDoubtful ?? []).map(String)),
    new Set(reading.targets.map((one) => String(one.value))),
  )
  return score
}

function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase()
}

function begins(duty: Duty, label: LabelledDuty): boolean {
  const [one, other] = [fold(duty.text), fold(label.textStart)]
  const length = Math.min(one.length, other.length, 40)
  return one.slice(0, length) === other.slice(0, length)
}

function sameNames(duty: Duty, label: LabelledDuty): boolean {
  const names = (list: readonly string[]) => [...new Set(list.map(fold))].sort().join('|')
  return names(duty.assignees.map((one) => one.name)) === names(label.assignees)
}

function sameDeadline(duty: Duty, label: LabelledDuty): boolean {
  const interval = duty.deadline?.from ? `${duty.deadline.from}/${duty.deadline.to}` : (duty.deadline?.to ?? null)
  if (label.deadline === null) return interval === null && duty.rhythm === null
  const words = label.deadline.toLowerCase()
  return (
    interval === label.deadline ||
    duty.rhythm?.includes(words) === true ||
    duty.deadline?.text.toLowerCase().includes(words) === true
  )
}

/** Places named as `II.2`, `Điều 3`, `1, last two paragraphs …`, `closing paragraph`, `recipients line …`. */
function isUnlabelled(duty: Duty, places: readonly string[]): boolean {
  return places.some((place) => {
    if (/^(?:closing|recipients)/u.test(place)) return /này\.?$|nếu có|đưa tin/u.test(duty.text)
    const clause = /^(?:Điều \d+|[IVX]+(?:\.\d+)*|\d+(?:\.\d+)*)/u.exec(place)?.[0]
    return clause !== undefined && (duty.clause === clause || duty.clause.startsWith(`${clause}.`))
  })
}

function difference(
  name: string,
  labelled: ReadonlySet<string>,
  doubtful: ReadonlySet<string>,
  found: ReadonlySet<string>,
): string {
  const missed = [...labelled].filter((one) => !found.has(one))
  const more = [...found].filter((one) => !labelled.has(one) && !doubtful.has(one))
  return `  ${name} ${labelled.size - missed.length}/${labelled.size}${missed.length > 0 ? ` missed ${missed.join(' ')}` : ''}${more.length > 0 ? ` more ${more.join(' ')}` : ''}`
}

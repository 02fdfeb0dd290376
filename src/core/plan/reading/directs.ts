import { bodiesAt } from './body-names.ts'
import type { Assigner } from './assignees.ts'
import { assigneesOf } from './assignees.ts'
import { nameKey } from './organisation-names.ts'
import type { Assignee } from './reading.ts'
import type { Draft } from './scope.ts'
import { phraseAt, phrases } from './words.ts'

const DIRECTS = phrases(
  'chỉ đạo, giao, giao cho, phân công, lãnh đạo chỉ đạo, hướng dẫn và chỉ đạo, chỉ đạo và hướng dẫn, yêu cầu, đôn đốc',
)
const LOOKS_FOR_WORDS = 60

/** The bodies the assignee is told to direct: `Chỉ đạo Phòng Văn hóa Thông tin …`. */
export function directsOf(draft: Draft, assignees: readonly Assignee[], text: string, assigner: Assigner): Assignee[] {
  const { words } = draft.paragraph
  const until = Math.min(draft.to, draft.verb + LOOKS_FOR_WORDS)
  for (let i = draft.verb; i < until; i += 1) {
    const size = phraseAt(words, i, DIRECTS)
    const list = size > 0 ? bodiesAt(words, i + size) : null
    if (list && list.next <= draft.to)
      return assigneesOf({ words, names: list.names }, text, assigner).map((one) => ofEach(one, assignees, assigner))
  }
  if (!draft.directs) return []
  return assigneesOf(draft.directs, text, assigner).map((one) => ofEach(one, assignees, assigner))
}

/** `Phòng Văn hóa Thông tin` said to the districts means the one of each district. */
function ofEach(directed: Assignee, assignees: readonly Assignee[], assigner: Assigner): Assignee {
  const above = new Set(assignees.flatMap((one) => one.organisations))
  const key = nameKey(directed.name)
  const below = assigner.names.alive.filter(
    (one) =>
      one.parent !== null &&
      above.has(one.parent) &&
      [one.name, ...one.aliases].some((name) => nameKey(name).startsWith(key)),
  )
  if (below.length === 0) return directed
  return { ...directed, group: directed.group || below.length > 1, organisations: below.map((one) => one.code).sort() }
}

import { assigneesOf, makeAssigner } from './assignees.ts'
import { paragraphsOf } from './blocks.ts'
import type { Paragraph } from './blocks.ts'
import { channelsIn } from './channels.ts'
import { deadlineNamed, deadlineOf } from './deadlines.ts'
import { directsOf } from './directs.ts'
import { readParagraph } from './drafts.ts'
import { outputsOf, rhythmOf, roleOf } from './duty-parts.ts'
import type { Ground } from './ground.ts'
import type { Duty } from './reading.ts'
import { NOBODY } from './scope.ts'
import type { Draft, Scope, Stretch } from './scope.ts'
import { taskLists } from './task-lists.ts'
import { fold } from './words.ts'
import { zoneOf } from './zones.ts'

/** The duties that the document lays on bodies, in the order of the text. */
export function findDuties(ground: Ground): Duty[] {
  const drafts: Draft[] = []
  walk(paragraphsOf(ground), NOBODY, drafts)
  const assigner = makeAssigner(ground)
  return drafts
    .map((draft) => dutyOf(draft, ground, assigner))
    .filter((duty) => duty.text.length > 0)
    .sort((a, b) => a.span[0] - b.span[0])
}

function walk(siblings: readonly Paragraph[], scope: Scope, drafts: Draft[]): void {
  let carried: Scope | null = null
  const tasks = taskLists(siblings, scope)
  for (const [index, paragraph] of siblings.entries()) {
    const task = tasks.get(index)
    if (task) {
      drafts.push(...task)
      continue
    }
    const zone = zoneOf(paragraph)
    if (zone === 'skip') continue
    if (zone === 'assign') carried = null
    const here: Scope = { ...(carried ?? scope), zone: zone ?? scope.zone }
    const said = readParagraph(paragraph, here)
    drafts.push(...said.drafts)
    if (said.after) carried = said.after
    else if (paragraph.marked && said.below.named !== here.named) carried = null
    walk(paragraph.children, { ...said.below, zone: here.zone }, drafts)
  }
}

function dutyOf(draft: Draft, ground: Ground, assigner: ReturnType<typeof makeAssigner>): Duty {
  const { paragraph, named } = draft
  const start = paragraph.words[draft.from]?.start ?? paragraph.span[0]
  const last = paragraph.words[draft.to - 1]
  const end = last ? (/^[;]$/u.test(last.folded) ? last.start : last.end) : paragraph.span[1]
  const original = ground.text.slice(start, Math.max(start, end))
  const folded = fold(original).replace(/\s/gu, ' ')
  const when = draft.when === null ? null : stretchText(draft.when, ground.text)
  const year = ground.day.slice(0, 4)
  const assignees = assigneesOf(named, ground.text, assigner)
  const group = assignees[0]?.group ?? false
  const known = assignees.some((one) => one.organisations.length > 0) || ground.register.organisations.length === 0
  return {
    clause: paragraph.clause,
    assignees,
    role: draft.coordinates ? 'coordinate' : roleOf(paragraph.words, draft.verb, group),
    mode: draft.mode,
    text: original.replace(/\s+/gu, ' ').trim(),
    outputs: outputsOf(folded),
    channels: channelsIn(folded),
    deadline:
      when === null
        ? deadlineOf(folded, original, year)
        : rhythmOf(fold(when)) === null
          ? deadlineNamed(when, year)
          : null,
    rhythm: rhythmOf(when === null ? folded : fold(when)) ?? rhythmOf(folded),
    directs: directsOf(draft, assignees, ground.text, assigner),
    span: [start, Math.max(start, end)],
    confidence: known ? draft.confidence : Math.round((draft.confidence - 0.2) * 100) / 100,
  }
}

function stretchText({ paragraph, from, to }: Stretch, text: string): string {
  const [first, last] = [paragraph.words[from], paragraph.words[to - 1]]
  return first && last
    ? text
        .slice(first.start, last.end)
        .replace(/\s+/gu, ' ')
        .replace(/[\s.;,]+$/u, '')
    : ''
}

import { bodiesAt } from './body-names.ts'
import type { Paragraph } from './blocks.ts'
import type { Draft, Scope, Stretch } from './scope.ts'
import { phraseAt, phrases } from './words.ts'
import type { Word } from './words.ts'

type Label = 'lead' | 'coordinate' | 'time'

interface Labelled extends Stretch {
  readonly label: Label
  /** The first word of the label itself. */
  readonly at: number
}

const WHO = phrases('đơn vị, cơ quan, bộ phận, cơ quan đơn vị, các đơn vị, các cơ quan, đơn vị được giao, trách nhiệm')
const LEAD = phrases('chủ trì, chủ trì thực hiện, thực hiện, chịu trách nhiệm, tham mưu, chủ trì tham mưu, đầu mối')
const COORDINATE = phrases('phối hợp, phối hợp thực hiện, cùng phối hợp')
const TIME = phrases(
  'thời gian, thời gian hoàn thành, thời gian thực hiện, thời hạn, thời hạn hoàn thành, tiến độ, tiến độ thực hiện, hoàn thành, thời hạn thực hiện, thời gian tổ chức',
)
const SHORT_TASK_WORDS = 2

/** Tasks whose bodies stand in labels (`Đơn vị chủ trì: …`, `Thời gian: …`) or in cells, by the index of their paragraph. */
export function taskLists(siblings: readonly Paragraph[], scope: Scope): ReadonlyMap<number, readonly Draft[]> {
  const tasks = new Map<number, readonly Draft[]>()
  let columns: readonly (Label | null)[] | null = null
  siblings.forEach((paragraph, index) => {
    if (tasks.has(index)) return
    const cells = cellsOf(paragraph)
    if (cells.length >= 3) {
      const head = cells.map((cell) =>
        cell.to > cell.from ? (labelAt(paragraph.words, cell.from)?.label ?? null) : null,
      )
      if (head.includes('lead') && head.includes('coordinate')) columns = head
      else if (columns) tasks.set(index, fromCells(paragraph, cells, columns, scope))
      if (columns) tasks.set(index, tasks.get(index) ?? [])
      return
    }
    const own = labelsIn(paragraph)
    if (own[0]?.at === 0) return
    const inline = own.length > 0
    const below = inline ? [] : leading(paragraph.children)
    const after = inline || below.length > 0 || paragraph.children.length > 0 ? [] : following(siblings, index + 1)
    const labels = [...own, ...below, ...after]
    const drafts = fromLabels(paragraph, inline ? (own[0]?.at ?? 0) : paragraph.words.length, labels, scope)
    if (drafts.length === 0) return
    tasks.set(index, drafts)
    const taken = new Set(after.map((label) => label.paragraph)).size
    for (let i = 1; i <= taken; i += 1) tasks.set(index + i, [])
  })
  return tasks
}

/** Labels of the unmarked paragraphs and bullets right after. */
function following(siblings: readonly Paragraph[], from: number): Labelled[] {
  const labels: Labelled[] = []
  for (let i = from; i < siblings.length; i += 1) {
    const paragraph = siblings[i]
    const own = paragraph && !paragraph.marked ? labelsIn(paragraph) : []
    if (own[0]?.at !== 0) break
    labels.push(...own)
  }
  return labels
}

/** Labels of the paragraphs that begin with one, from the first on without a gap. */
function leading(paragraphs: readonly Paragraph[]): Labelled[] {
  const labels: Labelled[] = []
  for (const paragraph of paragraphs) {
    const own = labelsIn(paragraph)
    if (own[0]?.at === 0) labels.push(...own)
    else if (labels.length > 0) break
  }
  return labels
}

function fromLabels(paragraph: Paragraph, to: number, labels: readonly Labelled[], scope: Scope): Draft[] {
  if (to <= SHORT_TASK_WORDS || !labels.some((one) => one.label !== 'time')) return []
  const when = labels.find((one) => one.label === 'time') ?? null
  return labels.flatMap((one) => (one.label === 'time' ? [] : draft(paragraph, 0, to, one, when, scope)))
}

function fromCells(
  paragraph: Paragraph,
  cells: readonly Stretch[],
  columns: readonly (Label | null)[],
  scope: Scope,
): Draft[] {
  const task = cells.find((cell, i) => columns[i] === null && cell.to - cell.from > SHORT_TASK_WORDS)
  const when = cells[columns.indexOf('time')] ?? null
  if (!task) return []
  return cells.flatMap((cell, i) => {
    const label = columns[i]
    return label === 'lead' || label === 'coordinate'
      ? draft(paragraph, task.from, task.to, { ...cell, label, at: cell.from }, when, scope)
      : []
  })
}

function draft(
  paragraph: Paragraph,
  from: number,
  to: number,
  bodies: Labelled,
  when: Stretch | null,
  scope: Scope,
): Draft[] {
  const list = bodiesAt(bodies.paragraph.words, bodies.from)
  if (!list || list.names[0] === undefined || list.next > bodies.to) return []
  const end = /^[.;:]$/u.test(paragraph.words[to - 1]?.folded ?? '') ? to - 1 : to
  return [
    {
      paragraph,
      from,
      to: end,
      verb: from,
      named: { words: bodies.paragraph.words, names: list.names },
      mode: scope.mode,
      directs: null,
      confidence: 0.9,
      coordinates: bodies.label === 'coordinate',
      when,
    },
  ]
}

/** Labels at the start of the paragraph or of one of its parts. */
function labelsIn(paragraph: Paragraph): Labelled[] {
  const { words } = paragraph
  const found: { label: Label; at: number; from: number }[] = []
  for (let i = 0; i < words.length; i += 1) {
    const before = words[i - 1]?.folded
    if (i > 0 && before !== '.' && before !== ';' && before !== '(' && before !== ',' && before !== '-') continue
    const label = labelAt(words, i)
    if (label && words[label.next]?.folded === ':') found.push({ label: label.label, at: i, from: label.next + 1 })
  }
  return found.map((one, i) => ({ ...one, paragraph, to: found[i + 1]?.at ?? words.length }))
}

function labelAt(words: readonly Word[], at: number): { label: Label; next: number } | null {
  const time = phraseAt(words, at, TIME)
  if (time > 0) return { label: 'time', next: at + time }
  const who = phraseAt(words, at, WHO)
  const lead = phraseAt(words, at + who, LEAD)
  const coordinate = phraseAt(words, at + who, COORDINATE)
  if (coordinate > 0) return { label: 'coordinate', next: at + who + coordinate }
  return lead > 0 && (who > 0 || words[at]?.folded === 'chủ') ? { label: 'lead', next: at + who + lead } : null
}

function cellsOf(paragraph: Paragraph): Stretch[] {
  const { words } = paragraph
  const cells: Stretch[] = []
  let from = 0
  words.forEach((word, i) => {
    if (word.folded !== '|') return
    cells.push({ paragraph, from, to: i })
    from = i + 1
  })
  return cells.length === 0 ? [] : [...cells, { paragraph, from, to: words.length }]
}

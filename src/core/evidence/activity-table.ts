import { fold, isDay, type Id } from '../kernel/index.ts'
import { MESSAGE_LANGUAGES } from '../message/index.ts'
import { inUse, type Catalogue, type PeoplePart } from './catalogue.ts'
import { countIn, largestSum, partsIn } from './people-cell.ts'

/** Columns of the table by which many activities are sent at once, as its first row names them. */
export const ACTIVITY_TABLE_COLUMNS = [
  'code',
  'kind',
  'organisation',
  'place',
  'day',
  'spot',
  'topic',
  'campaign',
  'audience',
  'language',
  'quantity',
  'estimated',
  'female',
  'male',
  'people',
  'link',
  'note',
] as const
export type ActivityColumn = (typeof ACTIVITY_TABLE_COLUMNS)[number]
/** A row as written: every cell a text; body and place by code, kind by code or name, campaign by name, language by tag or own name. */
export type ActivityTableRow = Readonly<Record<ActivityColumn, string>>

export interface BadActivityCell {
  /** As a spreadsheet numbers it: the head is row 1. */
  readonly row: number
  readonly column: ActivityColumn
  readonly value: string
  /** Wording key without `evidence_cell_`. */
  readonly reason: string
}

/** What a row may refer to. */
export interface TableGround {
  readonly catalogue: Catalogue
  readonly places: ReadonlySet<string>
  readonly organisations: ReadonlySet<string>
  /** By folded name; null where two have it. */
  readonly campaigns: ReadonlyMap<string, Id<'campaign'> | null>
  readonly today: string
}

/** What is wrong in a table of activities, cell by cell, and the good rows as they will be taken. Blank rows are passed over but counted. */
export function checkActivityRows(
  given: readonly ActivityTableRow[],
  ground: TableGround,
): { readonly rows: readonly ActivityTableRow[]; readonly bad: readonly BadActivityCell[] } {
  const bad: BadActivityCell[] = []
  const rows: ActivityTableRow[] = []
  const seen = new Set<string>()
  given.forEach((written, at) => {
    if (ACTIVITY_TABLE_COLUMNS.every((column) => written[column].trim() === '')) return
    const row = tidyRow(written, ground.catalogue)
    const flaws = flawsOf(row, ground)
    const key = `${row.organisation}:${row.code}`
    if (row.code !== '' && seen.has(key)) flaws.push(['code', 'twice'])
    seen.add(key)
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (flaws.length === 0) rows.push(row)
  })
  return { rows, bad }
}

/** A day as `2026-11-24` or as Vietnamese writers put it, `24/11/2026`; what is neither stays, to be shown. */
export function dayIn(cell: string): string {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell.trim())
  if (!found) return cell.trim().slice(0, 10)
  const [, day = '', month = '', year = ''] = found
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function tidyRow(row: ActivityTableRow, { kinds }: Catalogue): ActivityTableRow {
  const cells = ACTIVITY_TABLE_COLUMNS.map((column) => [column, row[column].normalize('NFC').trim()] as const)
  const tidy = Object.fromEntries(cells) as ActivityTableRow // every column, as the row has them
  const named = kinds.find(({ name }) => name.toLocaleLowerCase('vi') === tidy.kind.toLocaleLowerCase('vi'))
  const language = MESSAGE_LANGUAGES.find(({ tag, ownName }) => [tag, fold(ownName)].includes(fold(tidy.language)))
  return { ...tidy, kind: named?.code ?? tidy.kind, day: dayIn(tidy.day), language: language?.tag ?? tidy.language }
}

function flawsOf(row: ActivityTableRow, ground: TableGround): [ActivityColumn, string][] {
  const { catalogue, places, organisations, campaigns, today } = ground
  const flaws: [ActivityColumn, string][] = []
  if (row.code === '') flaws.push(['code', 'empty'])
  else if (row.code.length > 80) flaws.push(['code', 'long'])
  const kind = inUse(catalogue.kinds, today).find(({ code }) => code === row.kind)
  if (!kind) flaws.push(['kind', 'kind'])
  if (!organisations.has(row.organisation)) flaws.push(['organisation', 'organisation'])
  if (!places.has(row.place)) flaws.push(['place', 'place'])
  if (!isDay(row.day)) flaws.push(['day', 'day'])
  if (row.campaign !== '' && !campaigns.get(fold(row.campaign))) flaws.push(['campaign', 'campaign'])
  if (row.language !== '' && !MESSAGE_LANGUAGES.some(({ tag }) => tag === row.language))
    flaws.push(['language', 'language'])
  const quantity = countIn(row.quantity)
  const told = { parts: inUse(catalogue.parts, today), people: mainCountsPeople(catalogue, row.kind) }
  if (quantity === null || quantity === 0) flaws.push(['quantity', 'number'])
  flaws.push(...peopleFlaws(row, quantity ?? 0, told))
  if (row.estimated !== '' && !/^(1|x|có|yes|true)$/i.test(row.estimated)) flaws.push(['estimated', 'yes'])
  if (row.link !== '' && !/^https?:\/\/\S+$/.test(row.link)) flaws.push(['link', 'link'])
  for (const column of ['spot', 'topic'] as const) if (row[column].length > 300) flaws.push([column, 'long'])
  if (row.audience.length > 200) flaws.push(['audience', 'long'])
  if (row.note.length > 4_000) flaws.push(['note', 'long'])
  return flaws
}

function peopleFlaws(
  row: ActivityTableRow,
  quantity: number,
  { parts, people }: { readonly parts: readonly PeoplePart[]; readonly people: boolean },
): [ActivityColumn, string][] {
  const flaws: [ActivityColumn, string][] = []
  for (const column of ['female', 'male'] as const) {
    if (row[column] === '') continue
    if (countIn(row[column]) === null) flaws.push([column, 'number'])
    else if (!people) flaws.push([column, 'no_people'])
  }
  if (people && (countIn(row.female) ?? 0) + (countIn(row.male) ?? 0) > quantity)
    flaws.push(['female', 'more_than_all'])
  if (row.people === '') return flaws
  const told = partsIn(row.people, parts)
  const twice = told?.some(({ part }) => (part === 'female' || part === 'male') && row[part] !== '')
  if (!people) flaws.push(['people', 'no_people'])
  else if (!told || twice) flaws.push(['people', 'people'])
  else if (largestSum(told) > quantity) flaws.push(['people', 'more_than_all'])
  return flaws
}

/** Whether the quantity of a kind, what is counted of it first, is a number of people. */
function mainCountsPeople({ kinds, indicators }: Catalogue, kind: string): boolean {
  const main = kinds.find(({ code }) => code === kind)?.indicators[0]?.code
  return indicators.some(({ code, people }) => code === main && people)
}

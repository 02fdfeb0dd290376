import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { action, dayAt, fold, idOf, Refusal, refuseIf, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { organisationIdsByCode, organisationRows } from '../organisation/index.ts'
import { placeCodes } from '../place/index.ts'
import { campaigns } from '../plan/index.ts'
import {
  ACTIVITY_TABLE_COLUMNS,
  checkActivityRows,
  type ActivityTableRow,
  type BadActivityCell,
} from './activity-table.ts'
import { activityOfSource } from './activity.store.ts'
import type { Activity } from './activity.ts'
import { amendActivity } from './amend-activity.ts'
import type { Catalogue } from './catalogue.ts'
import { readCatalogue } from './catalogue.store.ts'
import { sameCounts, tidyCounts, type Count } from './count.ts'
import { countIn, partsIn } from './people-cell.ts'
import { sendActivity } from './send-activity.ts'
import { SENDERS } from './senders.ts'

/** As many as one sits through: each is checked, graded and counted on its own. */
const MOST_ROWS = 2_000

const cell = v.pipe(v.string(), v.trim(), v.maxLength(10_000))
const Row = v.object(
  Object.fromEntries(ACTIVITY_TABLE_COLUMNS.map((column) => [column, cell])) as Record<
    keyof ActivityTableRow,
    typeof cell
  >, // each column once
)

/** What an import would do: which rows are new, which say otherwise what was sent before, and each wrong cell. */
export interface ActivityPreview {
  readonly added: readonly NamedRow[]
  readonly changed: readonly NamedRow[]
  readonly same: number
  readonly bad: readonly BadActivityCell[]
}
type NamedRow = ActivityTableRow & { readonly name: string }

/** What an import of these rows would do; nothing is changed. */
export async function previewActivities(
  db: Db,
  given: readonly ActivityTableRow[],
  now: Date,
): Promise<ActivityPreview> {
  const catalogue = await readCatalogue(db)
  const organisations = new Set((await organisationRows(db)).map(({ code }) => code))
  const ids = { places: await placeCodes(db), campaigns: await campaignNames(db) }
  const ground = { ...ids, catalogue, organisations, places: new Set(ids.places.keys()), today: dayAt(now) }
  const { rows, bad } = checkActivityRows(given, ground)
  const added: NamedRow[] = []
  const changed: NamedRow[] = []
  const late: BadActivityCell[] = []
  let same = 0
  for (const row of rows) {
    const standing = await activityOfSource(db, sourceOf(row))
    const kind = catalogue.kinds.find(({ code }) => code === row.kind)
    const named = {
      ...row,
      name: [kind?.name, row.spot, row.day.split('-').reverse().join('/')].filter(Boolean).join(' · '),
    }
    if (!standing) added.push(named)
    else if (saysTheSame(standing, row, catalogue, ids)) same += 1
    else if (['sent', 'returned'].includes(standing.state)) changed.push(named)
    else late.push({ row: rowNumber(given, row), column: 'code', value: row.code, reason: standing.state })
  }
  return { added, changed, same, bad: [...bad, ...late].toSorted((one, other) => one.row - other.row) }
}

/** Sends many activities from a table, all or none: a single bad cell refuses it. The same table again changes nothing. */
export const importActivities = action('evidence.import', {
  input: v.object({
    rows: v.pipe(v.array(Row), v.maxLength(MOST_ROWS)),
    /** By kind: the words of the task to take down what was put up. */
    wordsAtEnd: v.optional(v.record(v.string(), v.string()), {}),
  }),
  may: { who: 'roles', roles: SENDERS },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'activity', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows, wordsAtEnd }) {
    const preview = await previewActivities(ctx.db, rows, ctx.clock.now())
    if (preview.bad.length > 0) throw new Refusal('evidence.bad_cells', { count: preview.bad.length })
    const catalogue = await readCatalogue(ctx.db)
    const ids = await idsOf(ctx.db, [...preview.added, ...preview.changed])
    for (const row of preview.added) await add(ctx, row, ids, catalogue, wordsAtEnd[row.kind] ?? '')
    for (const row of preview.changed) await amend(ctx, row, ids, catalogue)
    return { added: preview.added.length, changed: preview.changed.length }
  },
})

interface Ids {
  readonly places: ReadonlyMap<string, Id<'place'>>
  readonly campaigns: ReadonlyMap<string, Id<'campaign'> | null>
  readonly bodies: ReadonlyMap<string, Id<'organisation'>>
}

async function idsOf(db: Db, rows: readonly ActivityTableRow[]): Promise<Ids> {
  const codes = [...new Set(rows.map(({ organisation }) => organisation))]
  return {
    places: await placeCodes(db),
    campaigns: await campaignNames(db),
    bodies: await organisationIdsByCode(db, codes),
  }
}

async function campaignNames(db: Db): Promise<Map<string, Id<'campaign'> | null>> {
  const byName = Map.groupBy(await campaigns(db), ({ name }) => fold(name))
  return new Map(
    [...byName].map(([name, [first, ...others]]) => [name, others.length > 0 ? null : (first?.id ?? null)]),
  )
}

async function add(ctx: Ctx, row: ActivityTableRow, ids: Ids, catalogue: Catalogue, wordsAtEnd: string): Promise<void> {
  const organisationId = ids.bodies.get(row.organisation)
  if (!organisationId) throw new Error(`row ${row.code} was found good without its body`)
  const sourceKey = sourceOf(row)
  const given = { ...aboutOf(row, ids, catalogue), activityId: idOfSource(sourceKey), organisationId, sourceKey }
  // One row that this person may not send for refuses them all, with the reason.
  refuseIf(await sendActivity.whyNot(ctx, given as Parameters<typeof sendActivity.whyNot>[1]))
  await sendActivity(ctx, { ...given, links: row.link ? [row.link] : [], wordsAtEnd, through: 'sheet' })
}

async function amend(ctx: Ctx, row: ActivityTableRow, ids: Ids, catalogue: Catalogue): Promise<void> {
  const standing = await activityOfSource(ctx.db, sourceOf(row))
  if (!standing) throw new Error(`row ${row.code} has just been found changed`)
  await amendActivity(ctx, { ...aboutOf(row, ids, catalogue), activityId: standing.id })
}

function aboutOf(row: ActivityTableRow, { places, campaigns: named }: Omit<Ids, 'bodies'>, catalogue: Catalogue) {
  const placeId = places.get(row.place)
  if (!placeId) throw new Error(`row ${row.code} was found good without its place`)
  const { kind, day, spot, topic, note, audience } = row
  const said = { kind, day, spot, topic, note, audience, language: row.language || 'vi' }
  return { ...said, placeId, campaignId: named.get(fold(row.campaign)) ?? null, counts: countsOf(row, catalogue) }
}

/** The quantity is of what is counted first of the kind; what is preset is counted beside it, as the session a talk is. */
function countsOf(row: ActivityTableRow, { kinds, parts }: Catalogue): Count[] {
  const [main, ...others] = kinds.find(({ code }) => code === row.kind)?.indicators ?? []
  if (!main) return []
  const estimated = row.estimated !== ''
  const count = (indicator: string, value: number): Count => ({
    ...{ indicator, value, breakdown: 'all', part: '' },
    estimated: estimated && indicator === main.code,
  })
  const sexes = (['female', 'male'] as const).flatMap((part) => {
    const value = countIn(row[part])
    return value === null ? [] : [{ breakdown: 'sex' as const, part, value }]
  })
  const told = [...sexes, ...(partsIn(row.people, parts) ?? [])]
  const people = told.map((part) => ({ ...count(main.code, part.value), ...part }))
  const preset = others.flatMap(({ code, preset: value }) => (value === null ? [] : [count(code, value)]))
  return tidyCounts([count(main.code, countIn(row.quantity) ?? 0), ...people, ...preset])
}

function saysTheSame(
  standing: Activity,
  row: ActivityTableRow,
  catalogue: Catalogue,
  ids: Omit<Ids, 'bodies'>,
): boolean {
  const about = aboutOf(row, ids, catalogue)
  const said = ({
    kind,
    placeId,
    day,
    spot,
    topic,
    note,
    audience,
    language,
    campaignId,
  }: Omit<typeof about, 'counts'>) =>
    JSON.stringify([kind, placeId, day, spot, topic, note, audience, language, campaignId])
  return said(about) === said(standing) && sameCounts(about.counts, standing.counts)
}

function sourceOf({ organisation, code }: Pick<ActivityTableRow, 'organisation' | 'code'>): string {
  return `sheet:${organisation}:${code}`
}

/** An id that follows from the row, so that two imports at once make one activity (RFC 9562 §5.8). */
function idOfSource(source: string): Id<'activity'> {
  const bytes = createHash('sha256').update(source).digest().subarray(0, 16)
  bytes[6] = 0x80 | (bytes.readUInt8(6) & 0x0f)
  bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f)
  const hex = bytes.toString('hex')
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  return v.parse(idOf<'activity'>(), id)
}

function rowNumber(given: readonly ActivityTableRow[], row: ActivityTableRow): number {
  return given.findIndex((one) => one.code.trim() === row.code && one.organisation.trim() === row.organisation) + 2
}

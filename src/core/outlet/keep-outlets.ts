import * as v from 'valibot'
import type { ChannelKey } from '../channel/index.ts'
import { action, idOf, newId, Refusal, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { organisationIdsByCode, organisationRows } from '../organisation/index.ts'
import { placeCodes } from '../place/index.ts'
import { listOf, OUTLET_COLUMNS, previewOutletRows, type OutletPreview, type OutletRow } from './outlet-table.ts'
import { outletById, outletRows, setPaused, upsertOutlets } from './outlet.store.ts'
import type { Means, OutletKind } from './outlet.ts'

const cell = v.pipe(v.string(), v.trim(), v.maxLength(10_000))
const Row = v.object(
  Object.fromEntries(OUTLET_COLUMNS.map((column) => [column, cell])) as Record<keyof OutletRow, typeof cell>, // each column once
)

/** What an import of these rows would do; nothing is changed. */
export async function previewOutlets(db: Db, rows: readonly OutletRow[]): Promise<OutletPreview> {
  const standing = new Map((await outletRows(db)).map((row) => [row.code, row]))
  const places = new Set((await placeCodes(db)).keys())
  const organisations = new Set((await organisationRows(db)).map(({ code }) => code))
  return previewOutletRows(rows, standing, { places, organisations })
}

/** Adds and amends outlets from a table, all or none: a single bad cell refuses it. The same table again changes nothing. */
export const importOutlets = action('outlet.import', {
  input: v.object({ rows: v.pipe(v.array(Row), v.maxLength(100_000)) }),
  may: { who: 'roles', roles: ['administrator', 'campaign_officer'] },
  records: (_input, { added, changed }: { added: number; changed: number }) =>
    added + changed > 0 ? { subject: 'outlet', subjectId: null, facts: { added, changed } } : null,
  async run(ctx, { rows }) {
    const preview = await previewOutlets(ctx.db, rows)
    if (preview.bad.length > 0) throw new Refusal('outlet.bad_cells', { count: preview.bad.length })
    const given = [...preview.added, ...preview.changed]
    const places = await placeCodes(ctx.db)
    const bodies = await organisationIdsByCode(ctx.db, [...new Set(given.map(({ organisation }) => organisation))])
    await upsertOutlets(
      ctx.db,
      given.map((row) => outletOf(row, places, bodies)),
    )
    return { added: preview.added.length, changed: preview.changed.length }
  },
})

function outletOf(
  row: OutletRow,
  places: ReadonlyMap<string, Id<'place'>>,
  bodies: ReadonlyMap<string, Id<'organisation'>>,
) {
  const [placeId, organisationId] = [places.get(row.place), bodies.get(row.organisation)]
  if (!placeId || !organisationId) throw new Error(`row ${row.code} was found good without its place or body`)
  return {
    id: newId<'outlet'>(),
    code: row.code,
    name: row.name,
    kind: row.kind as OutletKind, // checked by previewOutletRows, and the two below
    channel: row.channel as ChannelKey,
    means: row.means as Means,
    placeId,
    organisationId,
    languages: listOf(row.languages),
    address: row.address,
    quietFrom: row.quiet_from || null,
    quietTo: row.quiet_to || null,
    aliveFrom: row.alive_from || null,
    aliveTo: row.alive_to || null,
    note: row.note || null,
  }
}

const OneOutlet = v.object({ outletId: idOf<'outlet'>() })
const within = async (ctx: Ctx, { outletId }: { readonly outletId: Id<'outlet'> }) =>
  (await outletById(ctx.db, outletId))?.organisationId ?? null
const may = { who: 'roles' as const, roles: ['administrator', 'campaign_officer', 'field_officer'] as const, within }

/** Lets nothing go there until it is taken up again; what is on its way waits. */
export const pauseOutlet = action('outlet.pause', {
  input: v.object({ ...OneOutlet.entries, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000)) }),
  may,
  records: ({ outletId }) => ({ subject: 'outlet', subjectId: outletId, facts: {} }),
  async run(ctx, { outletId, reason }) {
    if (!(await outletById(ctx.db, outletId))) throw new Refusal('outlet.not_found')
    await setPaused(ctx.db, outletId, ctx.clock.now(), reason)
  },
})

export const resumeOutlet = action('outlet.resume', {
  input: OneOutlet,
  may,
  records: ({ outletId }) => ({ subject: 'outlet', subjectId: outletId, facts: {} }),
  async run(ctx, { outletId }) {
    if (!(await outletById(ctx.db, outletId))) throw new Refusal('outlet.not_found')
    await setPaused(ctx.db, outletId, null, null)
  },
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openLoa, type Loa } from '../../src/app/loa.ts'
import { loadReference } from '../../src/app/reference.ts'
import { asSystem, newId, type Ctx, type Id } from '../../src/core/kernel/index.ts'
import { planDeliveries } from '../../src/core/release/plan.store.ts'
import { insertRelease } from '../../src/core/release/release.store.ts'
import type { Release } from '../../src/core/release/index.ts'
import { holdDatabase, migrate } from '../../src/platform/database/index.ts'

const BODY = 'UBND-LC-2025'

/** A province with a list of so many subscribers and one gateway, on the embedded database with its usual durability. */
export interface Province {
  readonly loa: Loa
  readonly ctx: Ctx
  /** Writes a release to the list, to be worked; its rows are planned when this returns. */
  release(words: string, expand: (ctx: Ctx) => Promise<number>): Promise<Id<'release'>>
  close(): Promise<void>
}

export async function openProvince(port: number, subscribers: number, windowSize: number): Promise<Province> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-sms-'))
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  await migrate(database.url, join(import.meta.dirname, '../../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bench')
  await loadReference(ctx)
  const organisationId = await idOf(ctx, 'organisation', BODY)
  await keepGateway(ctx, port, windowSize)
  await keepList(ctx, subscribers)
  await sql`vacuum analyze`.execute(ctx.db)
  return {
    loa,
    ctx,
    async release(words, expand) {
      const way = { id: newId(), channel: 'sms', language: 'vi' }
      const messageId = await approveMessage(ctx, organisationId, way, words)
      const release = releaseOf(messageId, organisationId)
      await insertRelease(ctx.db, release)
      await planDeliveries(ctx.db, release, [way], ctx.clock.now())
      while ((await expand(ctx)) > 0);
      return release.id
    },
    async close() {
      await loa.close()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function idOf(ctx: Ctx, table: 'organisation' | 'place', code: string): Promise<Id<'organisation'>> {
  const { id } = await ctx.db.selectFrom(table).select('id').where('code', '=', code).executeTakeFirstOrThrow()
  return id as Id<'organisation'> // of either table, as asked
}

async function keepGateway(ctx: Ctx, port: number, windowSize: number): Promise<void> {
  const settings = { host: '127.0.0.1', port, systemId: 'bench', from: 'LAOCAI', quietFrom: '', quietTo: '' }
  const gateway = { id: newId(), code: 'BENCH', name: 'Bench', channel: 'sms', kind: 'smpp' }
  await ctx.db
    .insertInto('gateway')
    .values({ ...gateway, settings: JSON.stringify(settings), ratePerSecond: 100_000, windowSize })
    .execute()
}

async function keepList(ctx: Ctx, subscribers: number): Promise<void> {
  const outlet = { id: newId(), code: 'BENCH', name: 'Bench', kind: 'subscribers', channel: 'sms', means: 'machine' }
  const [placeId, organisationId] = [await idOf(ctx, 'place', 'LC-2025'), await idOf(ctx, 'organisation', BODY)]
  await ctx.db
    .insertInto('outlet')
    .values({ ...outlet, placeId, organisationId })
    .execute()
  const ids = Array.from({ length: subscribers }, () => newId())
  const sealed = await Promise.all(
    ids.map((id, at) => ctx.secrets.seal(`+8491${String(at).padStart(7, '0')}`, `subscriber:${id}`)),
  )
  await sql`
    insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
    select id, 'phone', id::text, sealed, now() from unnest(${ids}::uuid[], ${sealed}::text[]) as one (id, sealed)`.execute(
    ctx.db,
  )
  await sql`
    insert into subscription (outlet_id, subscriber_id, state, asked_at, confirmed_at)
    select ${outlet.id}::uuid, id, 'active', now(), now() from subscriber`.execute(ctx.db)
}

/** A message whose very hash is approved, as a review would have left it. */
async function approveMessage(
  ctx: Ctx,
  organisationId: Id<'organisation'>,
  way: { readonly id: string },
  words: string,
): Promise<Id<'message'>> {
  const id = newId<'message'>()
  const at = ctx.clock.now()
  await ctx.db
    .insertInto('message')
    .values({ id, organisationId, kind: 'notice', workingTitle: 'x', contentHash: 'h', createdAt: at, changedAt: at })
    .execute()
  const rendition = { ...way, channel: 'sms', language: 'vi', fields: { accented: words, unaccented: words } }
  const content = JSON.stringify({ renditions: [rendition] })
  const review = { id: newId(), messageId: id, contentHash: 'h', content, state: 'approved', submittedAt: at }
  await ctx.db.insertInto('review').values(review).execute()
  return id
}

function releaseOf(messageId: Id<'message'>, organisationId: Id<'organisation'>): Release {
  const at = new Date(Date.now() - 3_600_000)
  return {
    id: newId<'release'>(),
    messageId,
    contentHash: 'h',
    organisationId,
    campaignId: null,
    kind: 'original',
    ofReleaseId: null,
    lane: 'ordinary',
    laneReason: '',
    channels: ['sms'],
    kinds: [],
    languages: [],
    places: [],
    startsAt: at,
    endsAt: null,
    words: 'x',
    waveCount: 1,
    waveMinutes: 0,
    wordsAtEnd: null,
    endedAt: null,
    state: 'released',
    proposedBy: null,
    proposedAt: at,
    releasedBy: null,
    releasedAt: at,
    undoUntil: at,
    pausedAt: null,
    cancelledAt: null,
    cancelledReason: null,
  }
}

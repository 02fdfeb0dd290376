/** What the measures of the ledger share: an embedded database with a province, and releases made as the pages make them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openLoa, type Loa } from '../src/app/loa.ts'
import { loadReference } from '../src/app/reference.ts'
import type { ChannelKey } from '../src/core/channel/index.ts'
import { asSystem, newId, type Ctx, type Db, type Id } from '../src/core/kernel/index.ts'
import type { Release } from '../src/core/release/index.ts'
import { insertRelease } from '../src/core/release/release.store.ts'
import { holdDatabase, migrate } from '../src/platform/database/index.ts'

export interface LedgerStage {
  readonly loa: Loa
  readonly ctx: Ctx
  /** Adds outlets of a channel to which machines send. */
  addOutlets(channel: ChannelKey, count: number): Promise<void>
  /** A list of so many subscribers, one outlet of its channel. */
  addList(channel: ChannelKey, count: number): Promise<void>
  /** A release of an approved message by one channel; its rows are still to be planned. */
  addRelease(channel: ChannelKey, at: Date, more?: Partial<Release>, db?: Db): Promise<Release>
  readonly way: { readonly id: string; readonly language: string }
  close(): Promise<void>
}

export async function openLedgerStage(): Promise<LedgerStage> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-bench-'))
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  await migrate(database.url, join(import.meta.dirname, '../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bench')
  await loadReference(ctx)
  const { id } = await ctx.db
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'UBND-LC-2025')
    .executeTakeFirstOrThrow()
  const organisationId = id as Id<'organisation'>
  const way = { id: newId(), language: 'vi' }
  return {
    loa,
    ctx,
    way,
    async addOutlets(channel, count) {
      await sql`
        insert into outlet (id, code, name, kind, channel, means, place_id, organisation_id)
        select gen_random_uuid(), ${channel} || '-' || n, 'Máy ' || n, 'other', ${channel}, 'machine', place.id, ${organisationId}
        from generate_series(1, ${count}::int) as n
        cross join lateral (select id from place where level = 'commune' and alive_to is null order by code offset n % 99 limit 1) as place`.execute(
        ctx.db,
      )
    },
    async addList(channel, count) {
      const outletId = newId<'outlet'>()
      await sql`
        insert into outlet (id, code, name, kind, channel, means, place_id, organisation_id)
        select ${outletId}, ${`${channel}-list-${outletId}`}, 'Danh sách', 'subscribers', ${channel}, 'machine', place.id, ${organisationId}
        from place where parent_id is null and alive_to is null limit 1`.execute(ctx.db)
      await sql`
        with made as (
          insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
          select gen_random_uuid(), 'mail', ${outletId}::text || n, 'sealed', now() from generate_series(1, ${count}::int) as n returning id
        )
        insert into subscription (outlet_id, subscriber_id, state, asked_at, confirmed_at)
        select ${outletId}, id, 'active', now(), now() from made`.execute(ctx.db)
      await sql`analyze`.execute(ctx.db)
    },
    async addRelease(channel, at, more = {}, db = ctx.db) {
      const messageId = newId<'message'>()
      const message = { id: messageId, organisationId, kind: 'notice', workingTitle: 'x', contentHash: 'h' }
      await db
        .insertInto('message')
        .values({ ...message, createdAt: at, changedAt: at })
        .execute()
      const content = JSON.stringify({ renditions: [{ ...way, channel, fields: {} }] })
      const review = { id: newId(), messageId, contentHash: 'h', content, state: 'approved', submittedAt: at }
      await db.insertInto('review').values(review).execute()
      const release: Release = {
        ...RELEASE,
        id: newId<'release'>(),
        messageId,
        organisationId,
        ...timesOf(at),
        channels: [channel],
        ...more,
      }
      await insertRelease(db, release)
      return release
    },
    async close() {
      await loa.close()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const RELEASE = {
  contentHash: 'h',
  campaignId: null,
  kind: 'original',
  ofReleaseId: null,
  lane: 'ordinary',
  laneReason: 'x',
  places: [],
  kinds: [],
  languages: [],
  endsAt: null,
  words: 'x',
  waveCount: 1,
  waveMinutes: 0,
  wordsAtEnd: null,
  endedAt: null,
  state: 'released',
  proposedBy: null,
  releasedBy: null,
  pausedAt: null,
  cancelledAt: null,
  cancelledReason: null,
} as const

const timesOf = (at: Date) => ({ startsAt: at, proposedAt: at, releasedAt: at, undoUntil: at })

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Part `p` of the values are no larger: 0.5 the middle, 0.95 all but the last twentieth. */
export function percentile(values: readonly number[], p: number): number {
  return values.toSorted((one, other) => one - other)[Math.ceil(p * values.length) - 1] ?? Number.NaN
}

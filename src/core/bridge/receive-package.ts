import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import type { BridgePackage, SourceBulletin, Unpacked } from './bridge-package.ts'
import { codesOf, insertUnknown } from './code.store.ts'
import { CodeTable, type CodeKind, type Exchange } from './code.ts'
import { exchangeById, insertExchange, lockBytesReceived, lockExchange, updateExchange } from './exchange.store.ts'
import { BRIDGE_ROLES } from './keep-codes.ts'
import { packageFormat } from './package-format.ts'
import { fieldNamesOf } from './field-name.store.ts'
import { insertRows } from './package-row.store.ts'
import { insertReports, keyOf, proposalsNamed, upsertProposal } from './proposal.store.ts'
import { arrivalOf, hashOfContent, type Arrival } from './proposal.ts'
import { keyOfDay, proposedDaysNamed, upsertProposedDay } from './proposed-day.store.ts'
import type { ProposedContent } from './proposed-day.ts'

const may = { who: 'roles' as const, roles: BRIDGE_ROLES }
const recorded = (id: Id<'bridge_exchange'>) => ({ subject: 'bridge_exchange', subjectId: id, facts: {} })

const noteReceived = action('bridge.receive', {
  input: v.object({
    ...{ name: v.pipe(v.string(), v.maxLength(300)), sha256: v.string(), bytes: v.number() },
    /** The exchange of the very same bytes, where there is one, instead of another. */
    once: v.boolean(),
  }),
  may,
  records: (_given, { id, isNew }: { readonly id: Id<'bridge_exchange'>; readonly isNew: boolean }) =>
    isNew ? recorded(id) : null,
  async run(ctx, { once, ...given }) {
    const stood = once ? await lockBytesReceived(ctx.db, given.sha256) : null
    if (stood) return { id: stood, isNew: false }
    const id = newId<'bridge_exchange'>()
    const none = { bulletins: 0, days: 0, devices: 0, figures: 0, reports: 0, refused: 0, unmapped: 0, attempts: 0 }
    await insertExchange(ctx.db, {
      ...given,
      ...none,
      ...{ id, direction: 'in', way: 'file', state: 'waiting', reason: '', endedAt: null },
      at: ctx.clock.now(),
      personId: actingPerson(ctx),
    })
    return { id, isNew: true }
  },
})

/**
 * Keeps a file that came from the other system, to be looked at before anything of it is taken.
 *
 * @throws Refusal where nothing of it can be read; then nothing is kept.
 */
export async function receivePackage(ctx: Ctx, name: string, bytes: Uint8Array): Promise<Id<'bridge_exchange'>> {
  return (await receive(ctx, name, bytes, false)).id
}

async function receive(ctx: Ctx, name: string, bytes: Uint8Array, once: boolean) {
  refuseIf(await whyNotTake(ctx))
  packageFormat().unpack(bytes, await fieldNamesOf(ctx.db))
  const sha256 = await ctx.files.put(bytes)
  return noteReceived(ctx, { name: name.slice(0, 300), sha256, bytes: bytes.length, once })
}

/**
 * Takes a package that another program left for us, without anybody looking at it first. Bytes that were taken before are
 * left alone: null.
 *
 * @throws Refusal where nothing of it can be read; then nothing is kept.
 */
export async function takeLeft(ctx: Ctx, name: string, bytes: Uint8Array) {
  const { id } = await receive(ctx, name, bytes, true)
  try {
    return await takePackage(ctx, id)
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.code === 'bridge.taken') return null
    throw thrown
  }
}

export interface PackagePreview {
  readonly exchange: Exchange
  readonly content: Unpacked
  readonly arrivals: readonly { readonly bulletin: SourceBulletin; readonly arrival: Arrival }[]
  readonly days: readonly { readonly content: ProposedContent; readonly arrival: Arrival }[]
  readonly unmapped: readonly { readonly kind: CodeKind; readonly code: string }[]
}

/** What would be taken of a file that came in; null where there is no such file. */
export async function previewPackage(ctx: Ctx, id: Id<'bridge_exchange'>): Promise<PackagePreview | null> {
  const exchange = await exchangeById(ctx.db, id)
  if (exchange?.direction !== 'in') return null
  const content = packageFormat().unpack(await ctx.files.get(exchange.sha256), await fieldNamesOf(ctx.db))
  return { exchange, content, ...(await weigh(ctx, content)) }
}

async function weigh(ctx: Ctx, { content }: Unpacked) {
  const ids = content.bulletins.map(({ id }) => id)
  const stood = await proposalsNamed(ctx.db, ids)
  const arrivals = content.bulletins.map((bulletin) => {
    const arrival = arrivalOf(bulletin, stood.get(keyOf(bulletin.source, bulletin.id)))
    return { bulletin, arrival, id: stood.get(keyOf(bulletin.source, bulletin.id))?.id }
  })
  const days = await weighDays(ctx, content)
  return { arrivals, days, unmapped: unmappedCodes(content.bulletins, new CodeTable(await codesOf(ctx.db))) }
}

/** Days of their schedule beside what came before; of two for one station the last is meant. */
async function weighDays(ctx: Ctx, { source, days, bulletins }: BridgePackage) {
  const titles = new Map(bulletins.map(({ id, title }) => [id, title]))
  const last = [...new Map(days.map((day) => [keyOfDay(day), day])).values()]
  const stood = await proposedDaysNamed(ctx.db, source, last)
  return last.map((day) => {
    const named = day.slots.flatMap(({ plays }) => plays.map(({ bulletinId }) => bulletinId))
    const content = { ...day, titles: Object.fromEntries(named.map((id) => [id, titles.get(id) ?? ''])) }
    const before = stood.get(keyOfDay(day))
    return { content, arrival: arrivalOf(content, before), id: before?.id }
  })
}

function unmappedCodes(bulletins: readonly SourceBulletin[], codes: CodeTable) {
  const found = new Map<string, { kind: CodeKind; code: string }>()
  const look = (kind: CodeKind, code: string) => {
    if (code !== '' && codes.valueOf(kind, code) === null) found.set(`${kind} ${code}`, { kind, code })
  }
  for (const { urgency, field, kind } of bulletins) {
    look('class', urgency)
    look('field', field)
    look('bulletin', kind)
  }
  return [...found.values()]
}

const takeUnpacked = action('bridge.take', {
  input: v.object({
    exchangeId: idOf<'bridge_exchange'>(),
    unpacked: v.custom<Unpacked>((given) => typeof given === 'object' && given !== null),
  }),
  may,
  records: ({ exchangeId }) => recorded(exchangeId),
  async run(ctx, { exchangeId, unpacked }) {
    const exchange = await lockExchange(ctx.db, exchangeId)
    if (exchange?.direction !== 'in') throw new Refusal('bridge.not_found')
    if (exchange.state !== 'waiting') throw new Refusal('bridge.taken')
    const { content, problems } = unpacked
    const now = ctx.clock.now()
    const { arrivals, days, unmapped } = await weigh(ctx, unpacked)
    let kept = 0
    for (const { bulletin, arrival, id } of arrivals) {
      if (arrival !== 'new' && arrival !== 'changed') continue
      await upsertProposal(ctx.db, {
        ...{ id: id ?? newId<'bridge_proposal'>(), source: bulletin.source, bulletinId: bulletin.id, exchangeId },
        ...{ contentHash: hashOfContent(bulletin), bulletin, state: 'proposed', cameAt: now },
        ...{ messageId: null, decidedAt: null, decidedBy: null, reason: '' },
      })
      kept++
    }
    const proposed = await keepDays(ctx, exchangeId, content.source, days)
    await insertRows(ctx.db, exchangeId, content)
    await insertUnknown(ctx.db, unmapped, now)
    const reports = await insertReports(ctx.db, content.source, exchangeId, content.reports, now)
    const late = [...arrivals, ...days].filter(({ arrival }) => arrival === 'decided').length
    const refused = problems.length + late
    const counts = { bulletins: kept, days: proposed, reports, refused, unmapped: unmapped.length }
    const beside = { devices: content.devices.length, figures: content.figures.length }
    await updateExchange(ctx.db, exchangeId, { ...counts, ...beside, state: 'done', endedAt: now })
    return { ...counts, ...beside }
  },
})

/** Keeps what is new of a schedule as proposals. Answers how many. */
async function keepDays(
  ctx: Ctx,
  exchangeId: Id<'bridge_exchange'>,
  source: string,
  days: Awaited<ReturnType<typeof weighDays>>,
): Promise<number> {
  const fresh = days.filter(({ arrival }) => arrival === 'new' || arrival === 'changed')
  for (const { content, id } of fresh) {
    await upsertProposedDay(ctx.db, {
      ...{ id: id ?? newId<'bridge_day'>(), source, station: content.station, day: content.day, exchangeId },
      ...{ contentHash: hashOfContent(content), content, state: 'proposed', cameAt: ctx.clock.now() },
      ...{ stationId: null, slots: 0, decidedAt: null, decidedBy: null, reason: '' },
    })
  }
  return fresh.length
}

/** Takes what a file brings: bulletins and days as proposals, the rest as it came, codes that are new without a value. Twice is once. */
export async function takePackage(ctx: Ctx, exchangeId: Id<'bridge_exchange'>) {
  const exchange = await exchangeById(ctx.db, exchangeId)
  if (exchange?.direction !== 'in') throw new Refusal('bridge.not_found')
  const unpacked = packageFormat().unpack(await ctx.files.get(exchange.sha256), await fieldNamesOf(ctx.db))
  for (const sound of unpacked.sounds.values()) await ctx.files.put(sound)
  return takeUnpacked(ctx, { exchangeId, unpacked })
}

/** Why this person may not take packages; null when they may. */
export function whyNotTake(ctx: Ctx): Promise<Refusal | null> {
  return noteReceived.whyNot(ctx, { name: '', sha256: '', bytes: 0, once: false })
}

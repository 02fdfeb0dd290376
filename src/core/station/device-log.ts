import type { Ctx, Id } from '../kernel/index.ts'
import { answerCommands } from './command.store.ts'
import { appendEntries, hashesOf, keepPiece, lockLogEnd } from './device-log.store.ts'

/** An entry of an as-played log whose signature was proven. */
export interface NotableEntry {
  /** From 1, by one. */
  readonly seq: number
  /** Hash of the entry before, hex; 64 noughts for the first. */
  readonly prev: string
  /** SHA-256, hex, of the entry as it was sent. */
  readonly hash: string
  readonly at: Date
  readonly kind: string
  readonly playId: Id<'play'> | null
  /** The entry as the device wrote it. */
  readonly body: unknown
  /** Where it answers a command. */
  readonly answers?: { readonly commandId: Id<'device_command'>; readonly answer: string }
}

/** How far a log is kept: number and hash of its newest entry; 0 and noughts where nothing is. */
export interface LogEnd {
  readonly seq: number
  readonly hash: string
}

export interface Noted {
  /** Those that are new, in their order: what follows from them is to be done in the same transaction. */
  readonly fresh: readonly NotableEntry[]
  readonly end: LogEnd
  /** `gap`: entries before these are missing. `fork`: they contradict what is kept. Nothing was appended then. */
  readonly broken: 'gap' | 'fork' | null
}

/**
 * Appends the verified entries of a device to its log, those that are new; what is not bound to what is kept is refused
 * whole. Must run in a transaction, in which the device is locked, so that a piece sent twice counts once. `signed` are
 * the bytes that prove it.
 */
export async function noteDeviceLog(
  ctx: Ctx,
  { deviceId, entries, signed }: { deviceId: Id<'device'>; entries: readonly NotableEntry[]; signed: string },
): Promise<Noted> {
  const end = await lockLogEnd(ctx.db, deviceId)
  const broken = (await contradicts(ctx, deviceId, entries, end)) ?? whereItBreaks(entries, end)
  const fresh = entries.filter(({ seq }) => seq > end.seq)
  const [first, last] = [fresh[0], fresh.at(-1)]
  if (broken || !first || !last) return { fresh: [], end, broken }
  const now = ctx.clock.now()
  await appendEntries(ctx.db, deviceId, fresh, now)
  await keepPiece(ctx.db, deviceId, { firstSeq: first.seq, lastSeq: last.seq, envelope: signed }, now)
  await answerCommands(
    ctx.db,
    deviceId,
    fresh.flatMap(({ at, answers }) => (answers ? [{ ...answers, at }] : [])),
  )
  return { fresh, end: { seq: last.seq, hash: last.hash }, broken: null }
}

/** Entries that are kept already must be the same: a device that says something else now is not believed. */
async function contradicts(ctx: Ctx, deviceId: Id<'device'>, entries: readonly NotableEntry[], end: LogEnd) {
  const known = entries.filter(({ seq }) => seq <= end.seq)
  const first = known[0]
  if (!first) return null
  const kept = await hashesOf(ctx.db, deviceId, first.seq, end.seq)
  return known.every(({ seq, hash }) => kept.get(seq) === hash) ? null : 'fork'
}

function whereItBreaks(entries: readonly NotableEntry[], end: LogEnd): 'gap' | 'fork' | null {
  let before: LogEnd | null = null
  for (const { seq, prev, hash } of entries) {
    const bound: LogEnd | null = before ?? (seq === end.seq + 1 ? end : null)
    if (bound && seq !== bound.seq + 1) return 'gap'
    if (bound && prev !== bound.hash) return 'fork'
    if (!bound && seq > end.seq) return 'gap'
    before = { seq, hash }
  }
  return null
}

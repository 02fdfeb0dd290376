import type { Taken } from './receiver.ts'

/** A row of the ledger as it stands when all faults are over. */
export interface LedgerRow {
  readonly id: string
  readonly releaseId: string
  readonly channel: string
  readonly means: 'machine' | 'manual'
  readonly end: string
  readonly state: string
  readonly kind: string
  /** The release that the release of this row follows. */
  readonly of: string | null
  /** Why its release was stopped. */
  readonly stopped: string | null
}

const ENDS = ['delivered', 'failed', 'cancelled', 'expired', 'unknown'] as const
type End = (typeof ENDS)[number]

/** Ends in one number each, and what must never be. */
export type Verdict = Readonly<Record<End, number>> & {
  readonly planned: number
  /** Rows without an end though all faults are over; rows that are delivered by the ledger and that nobody got. */
  readonly lost: number
  /** Rows of a channel that must not do anything twice, which it did. */
  readonly doubled: number
  /** Rows that were cancelled or expired by the ledger, and that somebody got all the same. */
  readonly untrue: number
  /** Ends that got what was taken back, and were not told. */
  readonly missed: number
  /** Keys of the rows that are wrong, for a person to look at. */
  readonly wrong: readonly string[]
}

/** Holds what the ledger says against what was counted at the receiving side. */
export function judge(
  rows: readonly LedgerRow[],
  taken: ReadonlyMap<string, Taken>,
  repeatable: (channel: string) => boolean,
  recalledFrom: (row: LedgerRow) => boolean,
): Verdict {
  const ends = Object.fromEntries(ENDS.map((end) => [end, rows.filter(({ state }) => state === end).length]))
  const machine = rows.filter(({ means }) => means === 'machine')
  const got = ({ id }: LedgerRow) => taken.has(id)
  const isOpen = ({ state }: LedgerRow) => !ENDS.some((end) => end === state)
  const lost = [...rows.filter(isOpen), ...machine.filter((row) => row.state === 'delivered' && !got(row))]
  const doubled = machine.filter((row) => !repeatable(row.channel) && (taken.get(row.id)?.times ?? 0) > 1)
  const untrue = machine.filter((row) => ['cancelled', 'expired'].includes(row.state) && got(row))
  // What the receiver itself says came to nothing is nowhere: there is nothing to take back.
  const there = (row: LedgerRow) => got(row) && !taken.get(row.id)?.failed
  const missed = missedByRecall(rows, there, recalledFrom)
  const named = { lost, doubled, untrue, missed }
  return {
    ...(ends as Record<End, number>), // one number for each end
    planned: rows.length,
    lost: lost.length,
    doubled: doubled.length,
    untrue: untrue.length,
    missed: missed.length,
    wrong: Object.entries(named).flatMap(([name, own]) => own.map((row) => `${name} ${about(row)}`)),
  }
}

/** Rows that were got, of a chain of releases that was taken back, whose end no row of the recall is for. */
function missedByRecall(
  rows: readonly LedgerRow[],
  got: (row: LedgerRow) => boolean,
  recalledFrom: (row: LedgerRow) => boolean,
): LedgerRow[] {
  const ofRelease = new Map(rows.map(({ releaseId, of }) => [releaseId, of]))
  const recalls = new Map<string, Set<string>>()
  for (const row of rows.filter(({ kind }) => kind === 'recall')) {
    for (let release = row.of; release; release = ofRelease.get(release) ?? null) {
      const told = recalls.get(release) ?? new Set()
      recalls.set(release, told.add(`${row.channel} ${row.end}`))
    }
  }
  return rows.filter((row) => {
    const told = recalls.get(row.releaseId)
    return told && row.means === 'machine' && got(row) && recalledFrom(row) && !told.has(`${row.channel} ${row.end}`)
  })
}

function about({ id, releaseId, channel, end, state, kind }: LedgerRow): string {
  return `${channel} ${kind} of release ${releaseId}, delivery ${id} to ${end}, stands as ${state}`
}

/** The sum that must always hold, and what must be nothing, as one line. */
export function verdictLine(verdict: Verdict): string {
  const { planned, lost, doubled, untrue, missed } = verdict
  const sum = ENDS.map((end) => `${verdict[end]} ${end}`).join(' + ')
  return `${planned} planned = ${sum}; lost ${lost}, doubled ${doubled}, cancelled or expired but got ${untrue}, missed by a recall ${missed}`
}

/** Whether all is as it must be. */
export function isGood(verdict: Verdict): boolean {
  const ended = ENDS.reduce((sum, end) => sum + verdict[end], 0)
  return verdict.planned > 0 && ended === verdict.planned && verdict.wrong.length === 0
}

/** Two verdicts as one. */
export function together(one: Verdict, other: Verdict): Verdict {
  const numbers = ['planned', ...ENDS, 'lost', 'doubled', 'untrue', 'missed'] as const
  const sums = Object.fromEntries(numbers.map((name) => [name, one[name] + other[name]]))
  return { ...(sums as Record<(typeof numbers)[number], number>), wrong: [...one.wrong, ...other.wrong] } // each name once
}

export const NOTHING: Verdict = judge(
  [],
  new Map(),
  () => true,
  () => true,
)

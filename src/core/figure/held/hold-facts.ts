import type { Db } from '../../kernel/index.ts'
import type { Asking } from '../fact.store.ts'
import { tellsPeople } from '../question.ts'
import type { Laid } from '../roll-up.ts'
import type { Cells } from '../sum.ts'
import { addUp } from './add-up.ts'
import { FactColumns } from './fact-columns.ts'
import {
  changesSince,
  FACT_SOURCES,
  factsOfOccasions,
  forgetOldChanges,
  occasionsAhead,
  peopleIndicators,
  type Committed,
  type FactSource,
} from './fact-page.store.ts'

/** Few enough that pages are answered in between while everything is read. */
const PAGE = 5_000
/** Changes are told for a day: what has not asked for half of one reads everything anew. */
const TRUSTED_MS = 12 * 3_600_000
const FORGET_EVERY_MS = 3_600_000
/** So many rows that count no more, beside a third of all, are worth reading everything anew. */
const MOST_GONE = 100_000
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** The facts of a database in the memory of this process. */
export interface HeldFacts {
  /** As the database would answer: exactly what is committed when it is asked. */
  sums(asking: Asking, laid: Pick<Laid, 'ids' | 'at'> | null): Promise<Map<string, Cells>>
  /**
   * Facts that are up to date, for what else is asked of them. Later changes come to the same columns, each in one go: who
   * awaits nothing while reading sees none of it half.
   */
  current(): Promise<FactColumns>
}

const held = new WeakMap<Db, () => HeldFacts | null>()

/**
 * The facts that this process holds of a database; null while it holds none that are fit to answer from, and inside a
 * transaction, which may have some of its own.
 */
export function heldFacts(db: Db): HeldFacts | null {
  return db.isTransaction ? null : (held.get(db)?.() ?? null)
}

/**
 * Reads all facts into memory and answers from there from then on, until it is let go; answers how. Each question first
 * asks the database what was committed since the last. What is stale, worn or broke half-way is read anew, and nobody waits
 * for that: the database answers meanwhile.
 */
export async function holdFacts(db: Db): Promise<() => void> {
  let facts = await readAll(db)
  let broke = false
  let reading: Promise<void> | null = null
  let coming: Promise<FactColumns> | null = null
  let next: Promise<FactColumns> | null = null
  let forgotAt = performance.now()

  const readAnew = () => {
    reading ??= readAll(db)
      .then((all) => {
        facts = all
        broke = false
      })
      .finally(() => (reading = null))
    return reading
  }
  const isFit = () => {
    const { gone, count } = facts.columns
    const isStale = performance.now() - facts.askedAt > TRUSTED_MS
    return !broke && !isStale && !(gone > MOST_GONE && gone * 3 > count)
  }
  const bringUp = async () => {
    if (broke) await readAnew()
    try {
      facts = await broughtUp(db, facts)
    } catch (thrown) {
      broke = true
      throw thrown
    }
    if (performance.now() - forgotAt > FORGET_EVERY_MS) {
      forgotAt = performance.now()
      await forgetOldChanges(db)
    }
    return facts.columns
  }
  /** Who asks while an answer is under way waits for the next: that one may have begun before something was committed. */
  const current = (): Promise<FactColumns> => {
    if (coming === null) {
      coming = bringUp().finally(() => (coming = null))
      return coming
    }
    next ??= coming
      .catch(() => undefined)
      .then((): Promise<FactColumns> => {
        next = null
        return current()
      })
    return next
  }
  const answers: HeldFacts = {
    current,
    async sums(asking, laid) {
      const people = tellsPeople(asking) ? await peopleIndicators(db) : new Set<string>()
      return addUp(await current(), asking, { laid, people })
    },
  }
  held.set(db, () => {
    if (isFit()) return answers
    // Where it fails, the next question tries it again.
    readAnew().catch(() => undefined)
    return null
  })
  return () => {
    held.delete(db)
  }
}

interface Facts {
  readonly columns: FactColumns
  readonly committed: Committed
  readonly askedAt: number
}

async function readAll(db: Db): Promise<Facts> {
  const askedAt = performance.now()
  return inOneMoment(db, async (still) => {
    const columns = new FactColumns()
    const { committed } = await changesSince(still, null)
    for (const source of FACT_SOURCES) await readSource(still, source, columns)
    return { columns, committed, askedAt }
  })
}

async function readSource(db: Db, source: FactSource, columns: FactColumns): Promise<void> {
  let after = BEFORE_ALL
  for (;;) {
    const occasions = await occasionsAhead(db, source, after, PAGE)
    const last = occasions.at(-1)
    if (last === undefined) return
    columns.add(await factsOfOccasions(db, source, occasions))
    after = last
  }
}

async function broughtUp(db: Db, facts: Facts): Promise<Facts> {
  const askedAt = performance.now()
  const { committed, occasions } = await changesSince(db, facts.committed)
  if (occasions.length === 0) return { ...facts, committed, askedAt }
  return inOneMoment(db, async (still) => {
    const changes = await changesSince(still, facts.committed)
    const pages = []
    for (const source of FACT_SOURCES) pages.push(await factsOfOccasions(still, source, changes.occasions))
    facts.columns.renew(changes.occasions, pages)
    return { columns: facts.columns, committed: changes.committed, askedAt }
  })
}

/** All of `work` reads what was committed when it began. */
function inOneMoment<Found>(db: Db, work: (still: Db) => Promise<Found>): Promise<Found> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
}

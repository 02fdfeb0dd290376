import { createHash } from 'node:crypto'
import { auditLog } from '../core/audit/index.ts'
import type { Actor, Clock, Ctx, Db, FileStore, Hierarchy, Id, Job, SecretBox } from '../core/kernel/index.ts'

/** A clock that stands still until told. */
export function stillClock(at: string): Clock & { set(at: string): void } {
  let moment = new Date(at)
  return {
    now: () => moment,
    set(later) {
      moment = new Date(later)
    },
  }
}

export interface TestCtx extends Ctx {
  /** What was enqueued, in order. */
  readonly enqueued: { readonly name: string; readonly payload: unknown }[]
}

/**
 * A context on a test database: jobs are kept in a list, files in memory, the clock stands at the plan's day.
 * Without a `hierarchy` every organisation stands alone.
 */
export function testCtx(
  db: Db,
  given: Partial<Pick<Ctx, 'actor' | 'clock' | 'hierarchy' | 'files' | 'secrets'>> = {},
): TestCtx {
  const enqueued: TestCtx['enqueued'] = []
  return {
    db,
    actor: given.actor ?? { kind: 'system', name: 'test' },
    clock: given.clock ?? stillClock('2023-07-13T02:00:00Z'),
    hierarchy: given.hierarchy ?? aloneHierarchy,
    audit: auditLog,
    files: given.files ?? memoryFiles(),
    secrets: given.secrets ?? unsealed,
    jobs: {
      async add(_db, job: Job, payload) {
        enqueued.push({ name: job.name, payload })
      },
    },
    inTransaction: false,
    enqueued,
  }
}

export function person(id: Id<'person'>, grants: (Actor & { kind: 'person' })['grants'] = [], name = 'Hoa'): Actor {
  return { kind: 'person', personId: id, name, grants }
}

const aloneHierarchy: Hierarchy = {
  above: async (_db, organisationId) => new Set([organisationId]),
  ofPerson: async () => new Set(),
}

/** For tests that care for no secret; those that do open a box of the platform. */
const unsealed: SecretBox = {
  seal: async (secret) => secret,
  open: async (sealed) => sealed,
  openAll: async (many) => many.map(({ sealed }) => sealed),
  fingerprint: async (text, use) => createHash('sha256').update(`${use} ${text}`).digest('base64url'),
}

function memoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
      const sha256 = Buffer.from(digest).toString('hex')
      kept.set(sha256, bytes)
      return sha256
    },
    async get(sha256) {
      const bytes = kept.get(sha256)
      if (!bytes) throw new Error(`no file ${sha256}`)
      return bytes
    },
    stream: (sha256, from, to) => new Blob([new Uint8Array(kept.get(sha256) ?? []).subarray(from, to + 1)]).stream(),
    has: async (sha256) => kept.has(sha256),
    size: async (sha256) => kept.get(sha256)?.length ?? null,
  }
}

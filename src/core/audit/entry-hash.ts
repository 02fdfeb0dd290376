import { createHash } from 'node:crypto'

export interface ChainedEntry {
  readonly seq: number
  readonly at: Date
  readonly actorKind: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly subjectId: string | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly previousHash: string
}

/** What the first entry points back to. */
export const GENESIS_HASH = '0'.repeat(64)

/**
 * SHA-256 in hex over the entry's fields and the hash before it, as JSON of a fixed order.
 * The keys of `facts` are sorted, because jsonb does not keep their order.
 */
export function entryHash(entry: ChainedEntry): string {
  const facts = Object.keys(entry.facts)
    .sort()
    .map((key) => [key, entry.facts[key]])
  const fields = [
    entry.seq,
    entry.at.toISOString(),
    entry.actorKind,
    entry.actor,
    entry.action,
    entry.subject,
    entry.subjectId,
    facts,
    entry.previousHash,
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

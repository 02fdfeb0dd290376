import type { Db } from '../kernel/index.ts'
import { entriesAfter } from './audit.store.ts'
import { entryHash, GENESIS_HASH } from './entry-hash.ts'

export type Verdict =
  | { readonly whole: true; readonly entries: number; readonly head: string }
  | {
      readonly whole: false
      readonly entries: number
      readonly brokenAt: number
      readonly reason: 'gap' | 'link' | 'content'
    }

const PAGE = 2_000

/** Walks the whole chain and answers where it first breaks: a missing number, a broken link or a changed content. */
export async function verifyAudit(db: Db): Promise<Verdict> {
  let seq = 0
  let head = GENESIS_HASH
  for (;;) {
    const entries = await entriesAfter(db, seq, PAGE)
    for (const entry of entries) {
      const reason = flaw(entry, seq, head)
      if (reason) return { whole: false, entries: seq, brokenAt: entry.seq, reason }
      seq = entry.seq
      head = entry.hash
    }
    if (entries.length < PAGE) return { whole: true, entries: seq, head }
  }
}

function flaw(
  entry: Parameters<typeof entryHash>[0] & { hash: string },
  seqBefore: number,
  hashBefore: string,
): 'gap' | 'link' | 'content' | null {
  if (entry.seq !== seqBefore + 1) return 'gap'
  if (entry.previousHash !== hashBefore) return 'link'
  return entryHash(entry) === entry.hash ? null : 'content'
}

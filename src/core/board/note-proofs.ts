import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx } from '../kernel/index.ts'
import { boardOfToken } from './board-programme.ts'
import { lockScreen, updateScreen } from './board.store.ts'
import type { Screen } from './board.ts'
import { hashesFrom, insertProofs } from './proof.store.ts'
import { hashOfProof, isSigned, proofText, type SignedProof } from './proof.ts'
import { deliverShown, weighProofs } from './weigh-proofs.ts'

/** Entries in one call; a screen that was long without network sends several. */
export const MOST_PROOFS = 200

const moment = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(8e15),
  v.transform((ms) => new Date(ms)),
)

const Entry = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 48)),
  showingId: idOf<'showing'>(),
  fromAt: moment,
  toAt: moment,
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)),
  signature: v.custom<Uint8Array>((given) => given instanceof Uint8Array),
})

/**
 * Takes what a screen says it showed. Entries go on from the last without a gap, each signed by the screen's key and
 * bound to the one before: a forged one, one that was changed, or one told twice in two ways is refused, and what comes
 * again as it was is passed over. Answers up to which number its log stands here.
 */
export const noteProofs = action('board.note_proofs', {
  input: v.object({
    token: v.string(),
    screenId: idOf<'board_screen'>(),
    entries: v.pipe(v.array(Entry), v.minLength(1), v.maxLength(MOST_PROOFS)),
  }),
  may: { who: 'anybody' },
  // Each entry is a record of its own, append-only and chained.
  records: () => null,
  async run(ctx, { token, screenId, entries }): Promise<number> {
    const board = await boardOfToken(ctx, token)
    const screen = await lockScreen(ctx.db, screenId)
    if (!board || !screen || screen.outletId !== board.outletId) throw new Refusal('board.no_address')
    if (screen.state !== 'trusted') throw new Refusal('board.not_trusted')
    const fresh = await chained(ctx, screen, entries)
    const last = fresh.at(-1)
    if (!last) return screen.lastSeq
    const { weighed, shown } = await weighProofs(ctx, screen.outletId, fresh)
    await insertProofs(
      ctx.db,
      weighed.map((one) => ({ ...one, screenId })),
    )
    await updateScreen(ctx.db, screenId, { lastSeq: last.seq, lastHash: last.hash })
    await deliverShown(ctx, shown)
    return last.seq
  },
})

/** The entries that are new, each held against the key and the one before. @throws Refusal where one does not hold */
async function chained(ctx: Ctx, screen: Screen, entries: readonly SignedProof[]) {
  const stood = await hashesFrom(ctx.db, screen.id, entries[0]?.seq ?? 1)
  let [seq, previous] = [screen.lastSeq, screen.lastHash]
  const fresh: (SignedProof & { readonly hash: string })[] = []
  for (const entry of entries) {
    const isNew = entry.seq > screen.lastSeq
    if (isNew && entry.seq !== seq + 1) throw new Refusal('board.proof_gap', { seq: seq + 1 })
    const text = proofText(screen.id, isNew ? previous : (stood.get(entry.seq - 1) ?? ''), entry)
    const hash = hashOfProof(text)
    if (!isNew) {
      if (stood.get(entry.seq) !== hash) throw new Refusal('board.proof_changed', { seq: entry.seq })
      continue
    }
    if (!isSigned(screen.publicKey, text, entry.signature)) throw new Refusal('board.proof_forged', { seq: entry.seq })
    fresh.push({ ...entry, hash })
    ;[seq, previous] = [entry.seq, hash]
  }
  return fresh
}

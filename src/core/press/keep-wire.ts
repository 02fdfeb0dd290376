import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { lockWire, setPolled, updateWire, wireByHash, wireOf } from './wire.store.ts'
import { aboutWire, hashOfToken, newWireSecret, secretOf, wireTokenOf, type Wire } from './wire.ts'

const OneOutlet = v.object({ outletId: idOf<'outlet'>() })
// Who brings outlets in by the table gives them their addresses, too.
const may = { who: 'roles' as const, roles: ['administrator', 'campaign_officer'] as const }
const records = ({ outletId }: { readonly outletId: Id<'outlet'> }) => ({
  subject: 'outlet',
  subjectId: outletId,
  facts: {},
})

/**
 * Gives a newsroom its secret address, or a new one: the old one, and every answer link made by it, lead nowhere from
 * then on. What stands keeps its numbers. Answers the secret part of the address.
 */
export const openWire = action('press.open_wire', {
  input: OneOutlet,
  may,
  records,
  async run(ctx, { outletId }): Promise<string> {
    const outlet = await outletById(ctx.db, outletId)
    if (outlet?.kind !== 'newsroom' || outlet.channel !== 'press' || outlet.means !== 'machine') {
      throw new Refusal('press.no_newsroom')
    }
    const secret = newWireSecret()
    const token = wireTokenOf(secret)
    await lockWire(ctx.db, outletId)
    await updateWire(ctx.db, outletId, {
      secretSealed: await ctx.secrets.seal(secret, aboutWire(outletId)),
      tokenHash: hashOfToken(token),
      openedAt: ctx.clock.now(),
    })
    return token
  },
})

/** Shuts a wire: nothing is put on it and nobody reads it until it is given an address anew. */
export const shutWire = action('press.shut_wire', {
  input: OneOutlet,
  may,
  records,
  async run(ctx, { outletId }) {
    if (!(await lockWire(ctx.db, outletId)).secretSealed) throw new Refusal('press.wire_shut')
    await updateWire(ctx.db, outletId, { secretSealed: null, tokenHash: null })
  },
})

/** A newsroom has read its wire after a number. What it did is its own affair: the record keeps nothing. */
export const notePoll = action('press.note_poll', {
  input: v.object({ ...OneOutlet.entries, after: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  may: { who: 'anybody' },
  records: () => null,
  async run(ctx, { outletId, after }) {
    await setPolled(ctx.db, outletId, after, ctx.clock.now())
  },
})

/** The wire that an address opens; null for an address that opens none, or none any more. */
export async function wireOfToken(ctx: Ctx, token: string): Promise<Wire | null> {
  return /^[\w-]{43}$/.test(token) ? wireByHash(ctx.db, hashOfToken(token)) : null
}

/** The secret part of the address that stands; null while the wire is shut. For those who may open it, and for our own machines. */
export async function wireToken(ctx: Ctx, outletId: Id<'outlet'>): Promise<string | null> {
  const secret = await secretOf(ctx, await wireOf(ctx.db, outletId))
  return secret && wireTokenOf(secret)
}

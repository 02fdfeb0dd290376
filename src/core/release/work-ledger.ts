import type { ChannelKey } from '../channel/index.ts'
import { balanceGateways } from '../gateway/index.ts'
import { asSystem, type Ctx } from '../kernel/index.ts'
import { askProviders } from './ask-providers.ts'
import { openReleases, type DueWay } from './claim.store.ts'
import { endReleases } from './end-releases.ts'
import { expandLists } from './expand-lists.ts'
import { handToPeople } from './hand-to-people.ts'
import { matchKeptReceipts } from './note-receipts.ts'
import { LANES } from './release.ts'
import { sendBatch } from './send-batch.ts'
import type { Sender } from './sender.ts'
import {
  believeSilence,
  cancelStopped,
  expireDeliveries,
  freeDeadClaims,
  giveUpReceipts,
  type AfterDeath,
} from './settle.store.ts'
import { ASK_AFTER_SECONDS, ASK_FOR_HOURS, RECEIPT_WITHIN_HOURS } from './times.ts'

/** Rows in one statement that are taken for delivered. */
const BELIEVED_AT_ONCE = 5_000

const senders = new Map<ChannelKey, Sender>()

/** Registers how a channel sends to machines; the app calls it once for each. */
export function sendWith(sender: Sender): void {
  senders.set(sender.channel, sender)
}

/** All that are registered. */
export function sendersInUse(): readonly Sender[] {
  return [...senders.values()]
}

/** The work of the ledger, in pieces that go side by side; each answers how many rows moved, 0 when nothing is to do. */
export interface LedgerWork {
  readonly name: string
  /** When it is to be run: by what is due, or every so many milliseconds. */
  readonly when: ((due: readonly DueWay[]) => boolean) | { readonly everyMs: number }
  run(ctx: Ctx): Promise<number>
}

const HOUSE_EVERY_MS = 1_000
const RECEIPTS_EVERY_MS = 250
const LISTS_EVERY_MS = 500
const ASK_EVERY_MS = 5_000

/**
 * What the workers of a process do over and over. Each channel has a piece of its own, so that a slow one stops no other,
 * and a second one for emergencies alone, so that a batch in hand stops none either.
 */
export function ledgerWork(): LedgerWork[] {
  const work: LedgerWork[] = [
    { name: 'housekeeping', when: { everyMs: HOUSE_EVERY_MS }, run: keepHouse },
    { name: 'receipts', when: { everyMs: RECEIPTS_EVERY_MS }, run: matchKeptReceipts },
    { name: 'lists', when: { everyMs: LISTS_EVERY_MS }, run: (ctx) => expandLists(ctx) },
    { name: 'asking', when: { everyMs: ASK_EVERY_MS }, run: (ctx) => askProviders(ctx, senders) },
    { name: 'people', when: (due) => due.some(({ means }) => means === 'manual'), run: handToPeople },
  ]
  for (const sender of senders.values()) {
    const { channel, atOnce = 1 } = sender
    const upTo = (most: number) => (due: readonly DueWay[]) =>
      due.some((way) => way.means === 'machine' && way.channel === channel && way.lane <= most)
    work.push({ name: `${channel}:emergency`, when: upTo(0), run: (ctx) => sendDue(ctx, sender, 0) })
    const all = LANES.length - 1
    for (let at = 1; at <= atOnce; at += 1)
      work.push({ name: `${channel}:${at}`, when: upTo(all), run: (ctx) => sendDue(ctx, sender, all) })
  }
  return work
}

/**
 * One round of all that the ledger does, one piece after the other. Answers how many rows moved; 0 when there is
 * nothing to do now. Any number of workers may do this at once.
 */
export async function workLedger(ctx: Ctx): Promise<number> {
  const own = asSystem(ctx, 'ledger')
  let moved = await keepHouse(own)
  moved += await matchKeptReceipts(own)
  moved += await expandLists(own)
  moved += await handToPeople(own)
  moved += await askProviders(own, senders)
  for (const sender of senders.values()) moved += await sendDue(own, sender, LANES.length - 1)
  return moved
}

/** Closes what is over, frees what dead workers held. */
async function keepHouse(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const after = afterDeath(now)
  const { db } = ctx
  let moved = await endReleases(ctx, senders)
  moved += await expireDeliveries(db, now)
  moved += await freeDeadClaims(db, after, now)
  moved += await cancelStopped(db, now)
  await balanceGateways(ctx, [...senders.keys()])
  for (const { channel, arrivedAfterHours } of senders.values()) {
    if (arrivedAfterHours === undefined) continue
    moved += await believeSilence(
      db,
      channel,
      new Date(now.getTime() - arrivedAfterHours * 3_600_000),
      BELIEVED_AT_ONCE,
      now,
    )
  }
  return moved + (await giveUpReceipts(db, new Date(now.getTime() - RECEIPT_WITHIN_HOURS * 3_600_000), after, now))
}

function afterDeath(now: Date): AfterDeath {
  const all = [...senders.values()]
  return {
    repeatable: all.filter((sender) => sender.repeatable).map(({ channel }) => channel),
    askable: all.filter((sender) => sender.ask).map(({ channel }) => channel),
    askAt: new Date(now.getTime() + ASK_AFTER_SECONDS * 1_000),
    askUntil: new Date(now.getTime() + ASK_FOR_HOURS * 3_600_000),
  }
}

/** Sends a batch of what is due by a channel in the lanes up to one. */
async function sendDue(ctx: Ctx, sender: Sender, upToLane: number): Promise<number> {
  const wanted = { means: 'machine' as const, channels: [sender.channel], upToLane, now: ctx.clock.now() }
  const open = await openReleases(ctx.db, wanted)
  return open.length === 0 ? 0 : sendBatch(ctx, sender, open)
}

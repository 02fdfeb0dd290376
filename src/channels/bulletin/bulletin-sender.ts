import { publishIssue, withdrawIssues, wordsIn, type Issue } from '../../core/bulletin/index.ts'
import type { Ctx, Id } from '../../core/kernel/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'
import { contactsFor, memberLink, openLists, readContact, suppressSubscriber } from '../../core/subscriber/index.ts'
import type { Handover, Letter, PostOffice } from '../../platform/mail/index.ts'
import { letterOf } from './letter-of.ts'
import { mailSettings, type MailSettings } from './mail-settings.ts'
import { closeOffices, officeOf } from './post-offices.ts'
import { returnAddress } from './return-path.ts'

/** Rows that are written or under way at once, for each session of the gateway: signing one while another travels. */
const AHEAD = 3
const WAIT_SECONDS: Readonly<Record<string, number>> = {
  mail_relay_refuses: 300,
  mail_not_set_up: 60,
  mail_no_time: 0,
}
const WAIT_SECONDS_ELSE = 30

/**
 * The bulletin by mail. A relay that has taken a letter answers for it from then on (RFC 5321 section 6.1): the row is
 * accepted, and delivered when it has not come back within a day; a bounce closes it as failed.
 */
export const bulletinSender: Sender = {
  channel: 'bulletin',
  repeatable: false,
  withdraws: false,
  batch: 500,
  atOnce: 2,
  arrivedAfterHours: 24,
  async send(ctx, rows, signal) {
    const settings = mailSettings()
    const gateway = rows[0]?.gateway
    if (!settings || !gateway) return rows.map(() => postponed(ctx, 'mail_not_set_up'))
    const office = await officeOf(ctx, gateway)
    const batch = await batchOf(ctx, settings, rows)
    const sent = await eachAhead(rows, AHEAD * gateway.windowSize, (row) => sendOne(ctx, batch, office, row, signal))
    for (const [at, row] of rows.entries())
      if (sent[at]?.dead && row.recipientId) await leaveAlone(ctx, row.recipientId)
    return sent.map(({ outcome }) => outcome)
  },
  close: closeOffices,
}

interface Batch {
  readonly settings: MailSettings
  readonly contacts: Awaited<ReturnType<typeof contactsFor>>
  readonly letters: (row: Sending, language: string | null) => Promise<Letter>
}

async function batchOf(ctx: Ctx, settings: MailSettings, rows: readonly Sending[]): Promise<Batch> {
  const recipients = rows.flatMap(({ recipientId, outlet }) =>
    recipientId ? [{ recipientId, outletId: outlet.id }] : [],
  )
  const contacts = await contactsFor(ctx, recipients)
  const issues = await issuesOf(ctx, rows)
  const letters = new Map<string, Promise<Letter>>()
  return {
    settings,
    contacts,
    letters(row, language) {
      const words = wordsIn(row.renditions, language)
      const key = [row.releaseId, row.corrects, row.outlet.id, words?.language].join(' ')
      const letter = letters.get(key) ?? letterOf(ctx, settings, row, words, issues.get(row.releaseId) ?? null)
      letters.set(key, letter)
      return letter
    },
  }
}

/** What goes to a list open to all gets a number, under which anybody may read it; what is taken back is marked there. */
async function issuesOf(ctx: Ctx, rows: readonly Sending[]): Promise<ReadonlyMap<Id<'release'>, Issue>> {
  const open = await openLists(ctx.db, [...new Set(rows.map(({ outlet }) => outlet.id))])
  const issues = new Map<Id<'release'>, Issue>()
  for (const row of new Map(rows.map((one) => [one.releaseId, one])).values()) {
    const { releaseId, messageId, ofReleaseId, kind, renditions } = row
    if (kind === 'recall' && ofReleaseId) await withdrawIssues(ctx.db, ofReleaseId, ctx.clock.now())
    const forAll = rows.some((one) => one.releaseId === releaseId && open.has(one.outlet.id))
    if (kind === 'recall' || !forAll) continue
    const words = renditions.map(({ language, fields }) => ({ language, fields }))
    const issue = { releaseId, messageId, ofReleaseId, publishedAt: ctx.clock.now(), renditions: words }
    issues.set(releaseId, await publishIssue(ctx.db, issue))
  }
  return issues
}

interface Sent {
  readonly outcome: Outcome
  /** The address is no good: nothing is to be sent there again. */
  readonly dead: boolean
}

async function sendOne(ctx: Ctx, batch: Batch, office: PostOffice, row: Sending, signal: AbortSignal): Promise<Sent> {
  const { settings, contacts } = batch
  const contact = row.recipientId ? contacts.get(row.recipientId) : null
  const to = row.recipientId ? contact?.contact : readContact('mail', row.outlet.address)
  // Who has left since the row was written is not written to, whatever the row says.
  if (!to) return refused(row.recipientId ? 'mail_left' : 'mail_no_address')
  if (signal.aborted) return { outcome: postponed(ctx, 'mail_no_time'), dead: false }
  const parcel = await unlessFault(async () => {
    const letter = await batch.letters(row, contact?.language ?? null)
    const raw = await letter.write(await readerOf(ctx, settings, row, to), settings.dkim)
    return { from: await returnAddress(ctx, row.deliveryId, settings.returnDomain), to, raw }
  })
  if (!parcel) return { outcome: postponed(ctx, 'mail_not_written'), dead: false }
  const handover = await office.send(parcel, signal)
  return { outcome: outcomeOf(ctx, row, handover), dead: handover.kind === 'refused' && handover.dead }
}

async function readerOf(ctx: Ctx, { origin, from }: MailSettings, row: Sending, to: string) {
  const domain = from.address.split('@')[1] ?? 'localhost'
  const reader = { to, messageId: `${row.deliveryId}@${domain}`, date: ctx.clock.now() }
  if (!row.recipientId) return reader
  const link = await memberLink(ctx, row.recipientId, row.outlet.id)
  return {
    ...reader,
    marks: { leave: `${origin}/cong/nhan-tin/${link}` },
    // RFC 8058: a mail program leaves for its reader by one POST, without asking anything.
    headers: [
      ['List-Unsubscribe', `<${origin}/cong/ngung-nhan/${link}>`],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ] as const,
  }
}

function outcomeOf(ctx: Ctx, { deliveryId }: Sending, handover: Handover): Outcome {
  switch (handover.kind) {
    case 'accepted':
      return { kind: 'accepted', ref: deliveryId }
    case 'refused':
      return { kind: 'refused', reason: handover.reason }
    case 'postponed':
      return postponed(ctx, handover.reason)
    case 'unknown':
      // Should it come back, the bounce names it.
      return { kind: 'unknown', reason: handover.reason, refs: [deliveryId] }
    default:
      return handover satisfies never
  }
}

function postponed(ctx: Ctx, reason: string): Outcome {
  const seconds = WAIT_SECONDS[reason] ?? WAIT_SECONDS_ELSE
  return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + seconds * 1_000), reason }
}

function refused(reason: string): Sent {
  return { outcome: { kind: 'refused', reason }, dead: false }
}

async function leaveAlone(ctx: Ctx, subscriberId: Id<'subscriber'> | null): Promise<void> {
  if (subscriberId) await suppressSubscriber(ctx, { subscriberId, reason: 'bounce' })
}

/** A fault of ours is told to the operator and answered by null. */
async function unlessFault<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work()
  } catch (thrown) {
    console.error('The bulletin:', thrown instanceof Error ? thrown.message : thrown)
    return null
  }
}

/** Works rows in their order, so many at once; answers what came of each in the same order. */
async function eachAhead<Row, Result>(
  rows: readonly Row[],
  atOnce: number,
  work: (row: Row) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = rows.entries()
  async function goOn(): Promise<void> {
    for (const [at, row] of left) results[at] = await work(row)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, rows.length) }, goOn))
  return results
}

import { gatewaysOf, settingsOf, type Gateway } from '../../core/gateway/index.ts'
import { newId, type Ctx } from '../../core/kernel/index.ts'
import type { Answer, Asking, Outcome, Sender, Sending } from '../../core/release/index.ts'
import { contactsFor, readContact, type Contact } from '../../core/subscriber/index.ts'
import { quietUntil } from './quiet-hours.ts'
import type { SmsText } from './road.ts'
import { openRoadPool, type RoadPool } from './road-pool.ts'
import { SENDING_FIELDS, type SendingSettings } from './sending-fields.ts'
import { wordsFor } from './words-for.ts'

export interface SmsSender extends Sender {
  /**
   * Opens every gateway and keeps them as they are set, so that receipts and phones are heard in a process that has
   * nothing to send; answers how to stop looking.
   */
  listen(ctx: Ctx): Promise<() => void>
  /** Sends one text by a simulated gateway, outside of the ledger: somebody tries it. */
  tryOut(ctx: Ctx, gateway: Gateway, to: string): Promise<Outcome>
  close(): Promise<void>
}

const BATCH = 500
const AT_ONCE = 4
const NO_GATEWAY_WAIT_MS = 60_000
const LOOK_AGAIN_MS = 15_000
const TRY_MS = 10_000
const TRY_WORDS = 'Loa: tin thu.'

/** The sender of this process. */
export const smsSender = openSmsSender()

/** Sends text messages by the gateways of the channel: to one number an outlet, or to the subscribers of a list. */
export function openSmsSender(): SmsSender {
  const pool = openRoadPool()
  return {
    channel: 'sms',
    // A text message is gone once it is sent: it is never sent again without knowing, and nothing takes it back.
    repeatable: false,
    withdraws: false,
    batch: BATCH,
    atOnce: AT_ONCE,
    send: (ctx, rows, signal) => send(pool, ctx, rows, signal),
    ask: (ctx, rows) => Promise.all(rows.map((row) => askOne(pool, ctx, row))),
    async listen(ctx) {
      const look = async () => {
        for (const gateway of await gatewaysOf(ctx.db, 'sms')) await pool.roadOf(ctx, gateway)
      }
      await look()
      // A database that is away for a moment is looked at again the next time.
      const timer = setInterval(() => void look().catch(() => undefined), LOOK_AGAIN_MS)
      return () => clearInterval(timer)
    },
    async tryOut(ctx, gateway, to) {
      const road = await pool.roadOf(ctx, gateway)
      if (!road) return later('gateway_does_not_open', ctx.clock.now())
      const text = { deliveryId: newId<'delivery'>(), to, text: TRY_WORDS, expiresAt: null }
      return (await road.send([text], AbortSignal.timeout(TRY_MS)))[0] ?? UNSAID
    },
    close: () => pool.close(),
  }
}

async function send(pool: RoadPool, ctx: Ctx, rows: readonly Sending[], signal: AbortSignal): Promise<Outcome[]> {
  const now = ctx.clock.now()
  const gateway = rows[0]?.gateway ?? null // rows of one call go by one gateway
  if (!gateway) return rows.map(() => later('no_gateway', now))
  const settings = settingsOf(SENDING_FIELDS, gateway.settings)
  const contacts = await contactsFor(ctx, rows.flatMap(asRecipient))
  const ready = rows.map((row) => outcomeOrText(row, contacts, settings, now))
  const texts = ready.filter((one): one is SmsText => 'text' in one)
  const road = await pool.roadOf(ctx, gateway)
  const outcomes = road ? await road.send(texts, signal) : texts.map(() => later('gateway_does_not_open', now))
  const came = new Map(texts.map(({ deliveryId }, at) => [deliveryId, outcomes[at]]))
  return ready.map((one) => ('text' in one ? (came.get(one.deliveryId) ?? UNSAID) : one))
}

const UNSAID: Outcome = { kind: 'unknown', reason: 'no_answer' }

function later(reason: string, now: Date): Outcome {
  return { kind: 'postponed', until: new Date(now.getTime() + NO_GATEWAY_WAIT_MS), reason }
}

/** What is said of a row without asking anybody, or what is to be sent for it. */
function outcomeOrText(
  row: Sending,
  contacts: Awaited<ReturnType<typeof contactsFor>>,
  settings: SendingSettings,
  now: Date,
): Outcome | SmsText {
  if (row.kind === 'recall') return { kind: 'refused', reason: 'cannot_withdraw' }
  const until = row.lane === 'emergency' ? null : silenceOf(row, settings, now)
  if (until) return { kind: 'postponed', until, reason: 'quiet_hours' }
  const contact = contactOf(row, contacts)
  if (!contact) return { kind: 'refused', reason: 'no_contact' }
  const text = wordsFor(row, contact.language, settings.words)
  if (text === null) return { kind: 'refused', reason: 'nothing_to_say' }
  const { deliveryId, expiresAt } = row
  return { deliveryId, to: contact.contact.replace(/^\+/, ''), text, expiresAt }
}

/** The later of what the gateway and the outlet ask for: neither wakes anybody. */
function silenceOf({ outlet }: Sending, { quietFrom, quietTo }: SendingSettings, now: Date): Date | null {
  const both = [quietUntil(now, quietFrom, quietTo), quietUntil(now, outlet.quietFrom, outlet.quietTo)]
  return both.reduce((one, other) => (one && other ? (one > other ? one : other) : (one ?? other)), null)
}

function contactOf(
  { recipientId, outlet }: Sending,
  contacts: Awaited<ReturnType<typeof contactsFor>>,
): Contact | null {
  if (recipientId) return contacts.get(recipientId) ?? null
  const contact = readContact('phone', outlet.address)
  return contact ? { contact, language: null } : null
}

function asRecipient({ recipientId, outlet }: Sending) {
  return recipientId ? [{ recipientId, outletId: outlet.id }] : []
}

async function askOne(pool: RoadPool, ctx: Ctx, asking: Asking): Promise<Answer> {
  const road = asking.gateway && (await pool.roadOf(ctx, asking.gateway))
  return road ? road.ask(asking) : { kind: 'unknown' }
}

import { setTimeout as wait } from 'node:timers/promises'
import type { Id } from '../../../core/kernel/index.ts'
import type { Answer, Asking, Outcome } from '../../../core/release/index.ts'
import type { Road, SmsText, Surroundings } from '../road.ts'
import { lapseOf, type Lapse } from '../gate.ts'
import { hearCentre } from './hear-centre.ts'
import { openLateAnswers } from './late-answers.ts'
import { openLink, within, type Link } from './link.ts'
import { keepLink } from './link-keeper.ts'
import { partsOf, type Part } from './parts.ts'
import { answerOf, rolledUp } from './query.ts'
import { idForCentre, refOfAnswer } from './receipt.ts'
import { openReceiptTray } from './receipt-tray.ts'
import type { SmppSettings } from './settings.ts'
import { sourceOf, submitFields } from './submit-fields.ts'
import { openSubmitter, type Said } from './submitter.ts'

/** An SMPP gateway as its road needs it. */
export interface SmppGateway {
  readonly id: Id<'gateway'>
  readonly settings: SmppSettings
  readonly password: string
  readonly windowSize: number
  readonly ratePerSecond: number
}

const QUERY_MS = 10_000
/** How long what is under way is waited for when the road closes. */
const CLOSING_MS = 10_000
/** How often the rest of a text is tried again whose first parts were taken. */
const REST_TRIES_MS = 500

/** Opens a session that stays bound: receipts come when they come, whether anything is sent or not. */
export function openSmppRoad(gateway: SmppGateway, surroundings: Surroundings): Road {
  const { settings, windowSize, ratePerSecond } = gateway
  const tray = openReceiptTray((receipts) => surroundings.noteReceipts(receipts))
  const late = openLateAnswers()
  const underWay = new Set<Promise<unknown>>()
  let closing = false
  const hear = hearCentre({ gatewayId: gateway.id, settings, surroundings, tray, confirm, closing: () => closing })
  const keeper = keepLink((lost) => {
    const { password } = gateway
    const options = { ...settings, password, enquireMs: settings.enquireSeconds * 1_000 }
    return openLink(options, { delivered: hear, lost })
  })
  const answerMs = settings.answerSeconds * 1_000
  const submitter = openSubmitter({ windowSize, ratePerSecond, answerMs, link: () => keeper.link() })

  async function sendText(text: SmsText, lapse: Lapse): Promise<Outcome> {
    const refs: string[] = []
    const parts = partsOf(text.text, referenceOf(text.deliveryId))
    for (const part of parts) {
      const said = await submitPart(part, text, lapse, refs.length > 0)
      if (said.kind !== 'accepted') return outcomeOf(said, refs, parts.length, surroundings.now())
      refs.push(said.ref)
    }
    return refs.length > 0 ? { kind: 'accepted', refs } : { kind: 'refused', reason: 'nothing_to_say' }
  }
  /** Once a first part was taken the rest is not put off: half a text is no text. */
  async function submitPart(part: Part, text: SmsText, lapse: Lapse, begun: boolean): Promise<Said> {
    const fields = submitFields(part, text, { settings, receipt: true, now: surroundings.now() })
    for (;;) {
      const said = withRef(await submitter.submit(fields, lapse, (found) => late.note(text.deliveryId, withRef(found))))
      if (!begun || said.kind !== 'unsent' || lapse.lapsed()) return said
      await wait(Math.max(REST_TRIES_MS, said.againInMs))
    }
  }
  function withRef(said: Said): Said {
    return said.kind === 'accepted' ? { ...said, ref: refOfAnswer(said.ref, settings.receiptIds) } : said
  }
  function confirm(to: string): void {
    const [part] = partsOf(settings.stopAnswer, 0)
    if (!part) return
    const fields = submitFields(part, { to, expiresAt: null }, { settings, receipt: false, now: surroundings.now() })
    void submitter.submit(fields, lapseOf(AbortSignal.timeout(answerMs)), () => undefined)
  }
  async function query(link: Link, ref: string): Promise<Answer> {
    const fields = { message_id: idForCentre(ref, settings.receiptIds), ...sourceOf(settings) }
    return within(QUERY_MS, link.ask('query_sm', fields)).then(answerOf, () => ({ kind: 'unknown' as const }))
  }
  return {
    send(texts, signal) {
      const lapse = lapseOf(signal)
      const sent = Promise.all(texts.map((text) => sendText(text, lapse)))
      underWay.add(sent)
      return sent.finally(() => underWay.delete(sent))
    },
    async ask({ deliveryId, ref, refs }: Asking): Promise<Answer> {
      const known = refs.length > 0 ? refs : ref ? [ref] : []
      const told = late.of(deliveryId)
      const found = told.flatMap((said) => (said.kind === 'accepted' ? [said.ref] : []))
      const ids = [...new Set([...known, ...found])]
      const link = await keeper.link()
      if (ids.length === 0) return withoutRef(told)
      if (!link) return { kind: 'unknown' }
      return rolledUp(await Promise.all(ids.map((id) => query(link, id))))
    },
    async close() {
      closing = true
      await Promise.race([Promise.allSettled(underWay), wait(CLOSING_MS)])
      await tray.empty()
      await keeper.close()
    },
  }
}

/** What a late no says of a text of which nothing was taken: refused for good, or never had, so that it may go again. */
function withoutRef(told: readonly Said[]): Answer {
  const last = told.at(-1)
  if (last?.kind === 'refused') return { kind: 'failed', reason: last.reason }
  return { kind: last?.kind === 'unsent' ? 'missing' : 'unknown' }
}

function outcomeOf(
  said: Exclude<Said, { kind: 'accepted' }>,
  refs: readonly string[],
  parts: number,
  now: Date,
): Outcome {
  if (refs.length > 0) return { kind: 'unknown', reason: `part_${refs.length + 1}_${said.reason}`, refs, parts }
  if (said.kind === 'unsent') {
    return { kind: 'postponed', until: new Date(now.getTime() + said.againInMs), reason: said.reason }
  }
  return { kind: said.kind, reason: said.reason }
}

/** The same for every attempt at a row, so that its parts fit together whenever they come. */
function referenceOf(deliveryId: Id<'delivery'>): number {
  return Number.parseInt(deliveryId.slice(-2), 16)
}

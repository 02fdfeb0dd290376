import type { Ctx } from '../../core/kernel/index.ts'
import { messageById } from '../../core/message/index.ts'
import { organisationsWhere } from '../../core/organisation/index.ts'
import { placeById } from '../../core/place/index.ts'
import { themesOf } from '../../core/plan/index.ts'
import { putOnWire } from '../../core/press/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'

const RETRY_MS = 60_000

/** A newsroom has it when it stands on its wire: done twice it is done once. The kit by mail is an extra with an end of its own. */
export const pressSender: Sender = {
  channel: 'press',
  repeatable: true,
  withdraws: true,
  batch: 20,
  async send(ctx, rows, signal) {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(signal.aborted ? tooLate(ctx) : await put(ctx, row))
    return outcomes
  },
}

async function put(ctx: Ctx, row: Sending): Promise<Outcome> {
  const { outlet, deliveryId, releaseId, ofReleaseId, messageId, lane, kind, corrects, renditions, expiresAt } = row
  if (outlet.kind !== 'newsroom') return { kind: 'refused', reason: 'press_no_newsroom' }
  if (kind !== 'recall' && renditions.length === 0) return { kind: 'refused', reason: 'nothing_to_say' }
  const stood = await putOnWire(ctx, {
    ...{ deliveryId, releaseId, ofReleaseId, messageId, lane, kind, corrects, expiresAt },
    ...(await aboutMessage(ctx, row)),
    outletId: outlet.id,
    mailed: outlet.address !== '',
    words: renditions.map(({ language, fields }) => ({
      language,
      title: fields['title'] ?? '',
      lead: fields['lead'] ?? '',
      body: fields['body'] ?? '',
      contact: fields['contact'] ?? '',
    })),
  })
  return stood === null ? { kind: 'refused', reason: 'press_wire_shut' } : { kind: 'delivered' }
}

/** Who answers for a message, where they sit, and what it is about. */
async function aboutMessage(ctx: Ctx, { messageId }: Sending) {
  const message = await messageById(ctx.db, messageId)
  if (!message) throw new Error(`Message ${messageId} is gone, which no message is`)
  const [body] = await organisationsWhere(ctx.db, [message.organisationId])
  const seat = body && (await placeById(ctx.db, body.placeId))
  const all = message.campaignId ? await themesOf(ctx.db, message.campaignId) : []
  const themes = all.filter(({ id }) => message.themes.includes(id)).map(({ text }) => text)
  const places = message.places as Sending['outlet']['placeId'][] // as the action of the message checked them
  return { author: body?.name ?? '', located: seat?.name ?? '', themes, places }
}

function tooLate(ctx: Ctx): Outcome {
  return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + RETRY_MS), reason: 'no_time' }
}

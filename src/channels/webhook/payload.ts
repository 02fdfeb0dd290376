import type { Sending } from '../../core/release/index.ts'
import type { WebhookEvent } from '../../core/webhook/index.ts'

/** A larger one is refused before it leaves: it holds a long article in several languages, and few receivers take more. */
export const MOST_BYTES = 262_144

/** What is told: who has nothing of what is corrected gets the new words as news. */
export function eventOf({ kind, corrects }: Pick<Sending, 'kind' | 'corrects'>): WebhookEvent {
  if (kind === 'recall') return 'release.withdrawn'
  return kind !== 'original' && corrects ? 'release.corrected' : 'release.published'
}

/** What a row of the ledger says to a receiver, as JSON; the same row says the same at every try. A withdrawal carries no words. */
export function payloadOf(row: Sending): string {
  const type = eventOf(row)
  const { deliveryId, releaseId, ofReleaseId, messageId, lane, expiresAt, renditions } = row
  return JSON.stringify({
    type,
    data: {
      delivery: deliveryId,
      release: releaseId,
      ofRelease: ofReleaseId,
      message: messageId,
      lane,
      expires: expiresAt?.toISOString() ?? null,
      texts:
        type === 'release.withdrawn'
          ? []
          : renditions.map(({ language, fields }) => ({
              language,
              title: fields['title'] ?? '',
              lead: fields['lead'] ?? '',
              // Markup is a small part of Markdown: see `readMarkup`.
              body: fields['body'] ?? '',
              callToAction: fields['callToAction'] ?? '',
            })),
    },
  })
}

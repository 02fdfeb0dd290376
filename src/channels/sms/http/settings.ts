import type { SettingFields, SettingsOf } from '../../../core/gateway/index.ts'
import { SENDING_FIELDS } from '../sending-fields.ts'

/**
 * What an HTTP gateway is told. `{to}` (`84912345678`), `{toPlus}` (`+84…`), `{toLocal}` (`0…`), `{text}`, `{from}`, `{key}`,
 * `{secret}` and, where one is asked about, `{ref}` stand for their values, written as their place asks for it. Paths are
 * names and numbers parted by dots, as `data.0.id`; lists are parted by `;`.
 */
export const HTTP_FIELDS = {
  url: { shape: 'line', initial: '', needed: true, leadsTo: true },
  method: { shape: 'choice', initial: 'POST', choices: ['POST', 'GET'] },
  bodyKind: { shape: 'choice', initial: 'json', choices: ['json', 'form'] },
  body: { shape: 'text', initial: '{"to":"{to}","from":"{from}","text":"{text}"}' },
  /** One a line, as `Authorization: Bearer {secret}`. */
  headers: { shape: 'text', initial: 'Authorization: Bearer {secret}' },
  ...SENDING_FIELDS,
  keyHeader: { shape: 'line', initial: 'Idempotency-Key', rare: true },
  /** The gateway promises that the same key sends once: then what got no answer may simply go again. */
  keyHonoured: { shape: 'yes', initial: false, rare: true },
  /** Where an answer of success says whether it took the message; empty: its status says it. */
  resultPath: { shape: 'line', initial: '', rare: true },
  acceptedValues: { shape: 'line', initial: '', rare: true },
  throttledValues: { shape: 'line', initial: '', rare: true },
  throttledStatuses: { shape: 'line', initial: '429; 503', rare: true },
  refPath: { shape: 'line', initial: 'id', rare: true },
  reasonPath: { shape: 'line', initial: 'error', rare: true },
  /** Asked by GET what became of a message; by `{key}`, a 404 says that it never came. */
  askUrl: { shape: 'line', initial: '', rare: true, leadsTo: true },
  receiptRefPath: { shape: 'line', initial: 'id', rare: true },
  receiptStatePath: { shape: 'line', initial: 'status', rare: true },
  receiptDelivered: { shape: 'line', initial: 'delivered; DELIVRD', rare: true },
  receiptFailed: { shape: 'line', initial: 'failed; UNDELIV; EXPIRED; REJECTD', rare: true },
  /** Where the gateway brings what a phone wrote, its number and words. */
  phoneFromPath: { shape: 'line', initial: 'from', rare: true },
  phoneTextPath: { shape: 'line', initial: 'text', rare: true },
  /** Private networks that it may lie in, as `10.1.0.0/16`, or single doors, as `127.0.0.1:4010`. */
  networks: { shape: 'line', initial: '', rare: true, leadsTo: true },
  answerSeconds: { shape: 'number', initial: 20, least: 1, most: 45, rare: true },
} as const satisfies SettingFields

export type HttpSettings = SettingsOf<typeof HTTP_FIELDS>

/** The entries of a list as a setting writes it. */
export function listOf(written: string): string[] {
  return written
    .split(';')
    .map((entry) => entry.trim())
    .filter(Boolean)
}

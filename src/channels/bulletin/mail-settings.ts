import type { DkimKey, Mailbox } from '../../platform/mail/index.ts'

/** The sentence of a key in the wording. */
export type Say = (key: string, facts?: Readonly<Record<string, string | number>>) => string

/** Who writes our mail and where it leads; the app says it once, when it knows. */
export interface MailSettings {
  /** The address of the portal as people type it, without a slash at its end. */
  readonly origin: string
  readonly from: Mailbox
  /** The domain to which mail comes back that could not be delivered. */
  readonly returnDomain: string
  /** Null: unsigned, which is good for a demonstration alone. */
  readonly dkim: DkimKey | null
  /** The words of a language for what stands around a message; Vietnamese where we do not speak it. */
  say(language: string): Say
}

let settings: MailSettings | null = null

/** Says who writes our mail; until then bulletins wait. */
export function writeMailAs(given: MailSettings): void {
  settings = given
}

export function mailSettings(): MailSettings | null {
  return settings
}

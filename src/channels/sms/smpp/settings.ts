import type { SettingFields, SettingsOf } from '../../../core/gateway/index.ts'
import { SENDING_FIELDS } from '../sending-fields.ts'

/** What an SMPP gateway is told; its secret is the password of the system id. */
export const SMPP_FIELDS = {
  host: { shape: 'line', initial: '', needed: true, leadsTo: true },
  port: { shape: 'number', initial: 2775, least: 1, most: 65_535, leadsTo: true },
  tls: { shape: 'yes', initial: false, leadsTo: true },
  systemId: { shape: 'line', initial: '', needed: true },
  ...SENDING_FIELDS,
  /** PEM of who signed the certificate of the centre; empty: those that Node knows. */
  tlsAuthority: { shape: 'text', initial: '', rare: true, leadsTo: true },
  systemType: { shape: 'line', initial: '', rare: true },
  serviceType: { shape: 'line', initial: '', rare: true },
  /** Kind of number and plan of the sender (SMPP 3.4 §5.2.5, §5.2.6); -1: by its looks. */
  fromTon: { shape: 'number', initial: -1, least: -1, most: 6, rare: true },
  fromNpi: { shape: 'number', initial: -1, least: -1, most: 18, rare: true },
  validity: { shape: 'choice', initial: 'absolute', choices: ['absolute', 'relative', 'none'], rare: true },
  receiptIds: { shape: 'choice', initial: 'same', choices: ['same', 'decimal', 'hexadecimal'], rare: true },
  /** Hours that the clock of the centre is ahead of UTC, for the days in its receipts. */
  zoneHours: { shape: 'number', initial: 7, least: -12, most: 14, rare: true },
  /** Less than the lease of a row, so that the ledger hears of it. */
  answerSeconds: { shape: 'number', initial: 20, least: 1, most: 45, rare: true },
  enquireSeconds: { shape: 'number', initial: 30, least: 1, most: 600, rare: true },
} as const satisfies SettingFields

export type SmppSettings = SettingsOf<typeof SMPP_FIELDS>

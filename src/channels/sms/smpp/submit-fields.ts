import type { SmsText } from '../road.ts'
import type { Part } from './parts.ts'
import type { SmppSettings } from './settings.ts'
import type { Submit } from './write-pdu.ts'

/** Kinds of number and plans (SMPP 3.4 §5.2.5, §5.2.6). */
const INTERNATIONAL = 1
const NETWORK_SPECIFIC = 3
const ALPHANUMERIC = 5
const ISDN = 1
const NO_PLAN = 0
/** A number of fewer digits is one of the network's own, as 5656. */
const FEWEST_DIGITS = 9
/** A receipt of the end, whichever it is (§5.2.17). */
const ON_EVERY_END = 1

type Source = Pick<Submit, 'source_addr' | 'source_addr_ton' | 'source_addr_npi'>

/** The sender as a PDU names it. */
export function sourceOf({ from, fromTon, fromNpi }: SmppSettings): Source {
  const digits = from.replace(/^\+/, '')
  const numeric = /^\d+$/.test(digits)
  const [ton, npi] = !numeric
    ? [ALPHANUMERIC, NO_PLAN]
    : digits.length < FEWEST_DIGITS
      ? [NETWORK_SPECIFIC, NO_PLAN]
      : [INTERNATIONAL, ISDN]
  return {
    source_addr: numeric ? digits : from,
    source_addr_ton: fromTon < 0 ? ton : fromTon,
    source_addr_npi: fromNpi < 0 ? npi : fromNpi,
  }
}

export function submitFields(
  part: Part,
  { to, expiresAt }: Pick<SmsText, 'to' | 'expiresAt'>,
  { settings, receipt, now }: { readonly settings: SmppSettings; readonly receipt: boolean; readonly now: Date },
): Submit {
  return {
    service_type: settings.serviceType,
    ...sourceOf(settings),
    dest_addr_ton: INTERNATIONAL,
    dest_addr_npi: ISDN,
    destination_addr: to,
    esm_class: part.esmClass,
    validity_period: expiresAt ? validityOf(expiresAt, settings.validity, now) : '',
    registered_delivery: receipt ? ON_EVERY_END : 0,
    data_coding: part.dataCoding,
    short_message: part.octets,
  }
}

/** When the network shall give it up (§7.1.1): a moment in UTC, or a time from now on. */
function validityOf(expiresAt: Date, kind: SmppSettings['validity'], now: Date): string {
  if (kind === 'none') return ''
  const two = (number: number) => String(number).padStart(2, '0')
  if (kind === 'absolute') return `${expiresAt.toISOString().replace(/\D/g, '').slice(2, 14)}000+`
  const seconds = Math.max(1, Math.round((expiresAt.getTime() - now.getTime()) / 1_000))
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ]
  return `0000${two(Math.min(days, 31))}${two(hours)}${two(minutes)}${two(seconds % 60)}000R`
}

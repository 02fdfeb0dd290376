import type { Id } from '../../../core/kernel/index.ts'
import { asksToEnd } from '../opt-out.ts'
import type { Surroundings } from '../road.ts'
import { readGsm7, readUcs2 } from './alphabet.ts'
import { readDeliver, type Delivered } from './deliver.ts'
import { readReceipt, refOfReceipt } from './receipt.ts'
import type { ReceiptTray } from './receipt-tray.ts'
import type { SmppSettings } from './settings.ts'

const ESME_RINVCMDLEN = 0x02
const ESME_RX_T_APPN = 0x64
const WITH_HEADER = 0x40
const LATIN1 = 3
const UCS2 = 8

interface Hearing {
  readonly gatewayId: Id<'gateway'>
  readonly settings: SmppSettings
  readonly surroundings: Surroundings
  readonly tray: ReceiptTray
  /** Tells a phone, once, that it gets no more. */
  confirm(phone: string): void
  /** True once the road takes in no more: the centre is asked to bring it again, to whoever comes after. */
  closing(): boolean
}

/** Takes what a centre brings; it is answered when it is kept for good, so that the centre brings again what we lost. */
export function hearCentre(hearing: Hearing): (frame: Buffer, answer: (status: number) => void) => void {
  const { gatewayId, settings, surroundings, tray } = hearing
  return (frame, answer) => {
    const delivered = readOrNull(frame)
    if (!delivered) return answer(ESME_RINVCMDLEN)
    if (hearing.closing()) return answer(ESME_RX_T_APPN)
    const receipt = readReceipt(delivered, settings.zoneHours)
    if (!receipt) return hearPhone(hearing, delivered, answer)
    const { id, state, at, detail } = receipt
    if (state === 'underWay') return answer(0)
    const ref = refOfReceipt(id, settings.receiptIds)
    tray.add({ gatewayId, ref, state, at: at ?? surroundings.now(), detail }, answer)
  }
}

/** What a phone writes is kept nowhere; only the wish to get no more is carried out. */
function hearPhone(hearing: Hearing, delivered: Delivered, answer: (status: number) => void): void {
  const { settings, surroundings, confirm } = hearing
  if (!asksToEnd(wordsOf(delivered), settings.stopWords)) return answer(0)
  surroundings.endFor(delivered.from).then(
    (ended) => {
      answer(0)
      if (ended && settings.stopAnswer !== '') confirm(delivered.from)
    },
    () => answer(ESME_RX_T_APPN),
  )
}

/** The words of a phone by their data coding (SMPP 3.4 §5.2.19), without a user data header. */
function wordsOf({ esmClass, dataCoding, words }: Delivered): string {
  const octets = esmClass & WITH_HEADER ? words.subarray((words[0] ?? 0) + 1) : words
  if (dataCoding === UCS2) return readUcs2(octets)
  return dataCoding === LATIN1 ? octets.toString('latin1') : readGsm7(octets)
}

function readOrNull(frame: Buffer): Delivered | null {
  try {
    return readDeliver(frame)
  } catch {
    return null // shorter than its fields: the centre is told so
  }
}

import { outsideGsm7, smsParts } from '../../../core/channel/index.ts'
import { writeGsm7, writeUcs2 } from './alphabet.ts'

/** One part as `submit_sm` carries it. */
export interface Part {
  /** SMPP 3.4 §5.2.12: 0x40 where a user data header stands before the words. */
  readonly esmClass: number
  /** §5.2.19: 0 is the alphabet of the centre (GSM 03.38), 8 is UCS-2. */
  readonly dataCoding: number
  readonly octets: Buffer
}

const WITH_HEADER = 0x40
const GSM7 = 0
const UCS2 = 8

/**
 * A text as its parts, as `smsParts` counts them: in the GSM alphabet where it holds every letter, else in UCS-2. Each part
 * of several carries a header of six octets with `reference` (0 to 255), by which the phone puts them together: 3GPP TS
 * 23.040 §9.2.3.24.1. The reference of two octets would leave 152 and 66 characters instead of 153 and 67.
 */
export function partsOf(text: string, reference: number): Part[] {
  const { dataCoding, words } = writtenOf(text)
  const [only] = words
  if (only && words.length === 1) return [{ esmClass: 0, dataCoding, octets: only }]
  return words.map((octets, at) => ({
    esmClass: WITH_HEADER,
    dataCoding,
    octets: Buffer.concat([Buffer.from([5, 0, 3, reference, words.length, at + 1]), octets]),
  }))
}

interface Written {
  readonly dataCoding: number
  /** Of each part, without its header. */
  readonly words: readonly Buffer[]
}

/** Thousands are sent the same words, one after the other. */
const MOST_KEPT = 20
const kept = new Map<string, Written>()

function writtenOf(text: string): Written {
  const known = kept.get(text)
  if (known) return known
  const alphabet = outsideGsm7(text).length === 0 ? 'gsm7' : 'ucs2'
  const [dataCoding, write] = alphabet === 'gsm7' ? ([GSM7, writeGsm7] as const) : ([UCS2, writeUcs2] as const)
  const written = { dataCoding, words: smsParts(text, alphabet).map(write) }
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(text, written)
  return written
}

import { asOneVoice, type Wave } from './wave.ts'

/** Longer than any programme. A file of a few megabytes may be made to decode into days. */
export const MOST_SECONDS = 3_600

/** A sound that would be longer than that; it was given up there, before it filled the memory. */
export class TooLong extends Error {}

/** What a decoder gives for one piece. */
interface Decoded {
  readonly channelData: readonly Float32Array[]
  readonly sampleRate: number
}

/**
 * Puts together what a decoder gives piece by piece, as one voice.
 *
 * @throws TooLong as soon as it is.
 */
export async function gatherSound(pieces: AsyncIterable<Decoded> | Iterable<Decoded>): Promise<Wave | null> {
  const parts: Float32Array[] = []
  let [rate, length] = [0, 0]
  for await (const { channelData, sampleRate } of pieces) {
    const { samples } = asOneVoice(sampleRate, channelData)
    if (samples.length === 0) continue
    rate = sampleRate
    length += samples.length
    if (length > MOST_SECONDS * rate) throw new TooLong()
    parts.push(samples)
  }
  if (length === 0) return null
  const samples = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    samples.set(part, at)
    at += part.length
  }
  return { rate, samples }
}

/** The pieces of something, one after the other; the last may be shorter. */
export function* piecesOf<Whole extends { readonly length: number; slice(from: number, to: number): Whole }>(
  whole: Whole,
  size: number,
): Generator<Whole> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size)
}

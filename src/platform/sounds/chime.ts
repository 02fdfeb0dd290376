import type { Wave } from './wave.ts'

/** C5, E5 and G5: three notes of one chord, up before the words and down behind them. */
const NOTES_HZ = [523.25, 659.26, 783.99] as const
/** The sound of a soft bell: the tone itself, its octave and a little of the twelfth. */
const PARTIALS = [1, 0.35, 0.12] as const
const APART_SECONDS = 0.28
const RINGS_SECONDS = 1.1
const ATTACK_SECONDS = 0.008
/** In this time a note falls to a third. */
const FALL_SECONDS = 0.3

/** The chime before an announcement: drawn by arithmetic, so that nobody's recording is in it. Its peak is 1 or less. */
export function chimeIn(rate: number): Wave {
  return rung(rate, NOTES_HZ)
}

export function chimeOut(rate: number): Wave {
  return rung(rate, NOTES_HZ.toReversed())
}

function rung(rate: number, notes: readonly number[]): Wave {
  const seconds = APART_SECONDS * (notes.length - 1) + RINGS_SECONDS
  const samples = new Float32Array(Math.round(seconds * rate))
  notes.forEach((hertz, place) => {
    const from = Math.round(place * APART_SECONDS * rate)
    for (let at = from; at < samples.length; at += 1) {
      samples[at] = (samples[at] ?? 0) + noteAt(hertz, (at - from) / rate) / 3
    }
  })
  return { rate, samples }
}

function noteAt(hertz: number, second: number): number {
  if (second > RINGS_SECONDS) return 0
  // Down to nothing at its end: a note that breaks off clicks.
  const end = Math.min(1, (RINGS_SECONDS - second) / 0.1)
  const level = Math.min(1, second / ATTACK_SECONDS) * Math.exp(-second / FALL_SECONDS) * end
  return level * PARTIALS.reduce((sum, part, at) => sum + part * Math.sin(2 * Math.PI * hertz * (at + 1) * second), 0)
}

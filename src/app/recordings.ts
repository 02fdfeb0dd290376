import { Refusal, type Ctx } from '../core/kernel/index.ts'
import { MOST_SECONDS } from '../platform/sounds/gather-sound.ts'
import { soundProfile } from '../platform/sounds/sound-profile.ts'
import { soundInThread } from '../platform/sounds/sound-worker.ts'

/** Bytes at most: what the office takes in one form. */
const LARGEST_BYTES = 60_000_000
/** Below it there is nothing to be heard, whatever it was lifted by. */
const SILENCE_LUFS = -50

export interface RecordingWish {
  /** As typed in seconds, `''` where left open. */
  readonly from: string
  readonly to: string
  /** Bring it to a level that carries. */
  readonly level: boolean
  /** Take the silence away from both ends. */
  readonly trim: boolean
}

export interface Taken {
  readonly sha256: string
  readonly seconds: number
  /** LUFS. */
  readonly loudness: number
  /** dBTP. */
  readonly peak: number
  /** Share of the samples that the recorder cut off. */
  readonly clipped: number
  /** Decibels by which the voice stands above the noise between the words. */
  readonly overNoise: number
}

/**
 * Takes a recording in: WAV, MP3, Ogg Opus or WebM Opus by its bytes; cut, levelled, measured, and kept as MP3.
 *
 * @throws Refusal `audio.too_large`, `audio.unknown`, `audio.cut`, `audio.short`, `audio.silent`, `audio.too_long`,
 *   `audio.tired`
 */
export async function takeRecording(ctx: Ctx, bytes: Uint8Array, wish: RecordingWish): Promise<Taken> {
  if (bytes.length > LARGEST_BYTES) refuse('audio.too_large', { megabytes: LARGEST_BYTES / 1e6 })
  const [from, to] = [momentOf(wish.from, 'from'), momentOf(wish.to, 'to')]
  if (to !== null && to <= (from ?? 0)) refuse('audio.cut', {}, 'to')
  const made = await soundInThread(bytes, {
    from,
    to,
    level: wish.level,
    trim: wish.trim,
    profile: soundProfile(),
  }).catch(() => refuse('audio.tired'))
  if (made === 'too_long') refuse('audio.too_long', { minutes: MOST_SECONDS / 60 })
  if (!made) refuse('audio.unknown')
  if (made.seconds < 0.5) refuse('audio.short')
  if (made.loudness < SILENCE_LUFS) refuse('audio.silent')
  const hundredths = (value: number) => Math.round(value * 100) / 100
  return {
    sha256: await ctx.files.put(made.bytes),
    seconds: made.seconds,
    loudness: hundredths(made.loudness),
    peak: hundredths(made.peak),
    clipped: made.clipped,
    overNoise: made.overNoise,
  }
}

function momentOf(typed: string, field: string): number | null {
  if (typed.trim() === '') return null
  const seconds = Number(typed.trim().replace(',', '.'))
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : refuse('audio.cut', {}, field)
}

function refuse(code: string, facts: Record<string, number> = {}, field = 'recording'): never {
  throw new Refusal(code, facts, field)
}

import type { Finding } from '../kernel/index.ts'
import type { MessageKind } from '../channel/index.ts'
import { contentHash } from './content-hash.ts'
import type { Recording, RenditionVersion } from './rendition.ts'

/** Below it a loudspeaker on a pole is not understood: 7 under what television plays (EBU R 128: −23 LUFS). */
const QUIET_LUFS = -30
/** Above it the sound breaks in the players of stations, which have no room left (EBU R 128: −1 dBTP). */
const BREAKING_DBTP = -0.5
/**
 * From here on a listener guesses at words. Measured on our own voice: of a tenth as many samples nothing is heard, of this
 * many the voice was recorded three times as loud as the recorder takes.
 */
const CUT_OFF_SHARE = 0.02
/** Below it the noise is as loud as most of what is said, and words are lost even in a quiet room. */
const DROWNED_DB = 6
/** Below it a listener has to make an effort. */
const NOISY_DB = 10
/** What a station gives one item of its programme at most. */
const LONG_SECONDS = 15 * 60

/** What is wrong with a recording that can be heard; null stands for none. */
export function checkRecording(
  { recording, fields }: Pick<RenditionVersion, 'recording' | 'fields'>,
  kind: MessageKind,
  oral: boolean,
): Finding[] {
  if (!recording) return []
  const { loudness, peak, seconds, voice, clipped, overNoise, decision } = recording
  const found: Finding[] = []
  const say = (weight: Finding['weight'], code: string, facts: Finding['facts'] = {}) =>
    found.push({ weight, code, facts, field: RECORDING_FIELD, span: null, mend: null })
  if (loudness !== null && loudness < QUIET_LUFS) say('warn', 'recording.quiet', { lufs: Math.round(loudness) })
  if (peak !== null && peak > BREAKING_DBTP) say('warn', 'recording.breaking', { peak: Math.round(peak * 10) / 10 })
  // Neither is mended by levelling: it is recorded again, or a person answers for it.
  const unless: Finding['weight'] = decision ? 'warn' : 'block'
  if (clipped !== null && clipped >= CUT_OFF_SHARE)
    say(unless, 'recording.clipped', { percent: Math.round(clipped * 100) })
  if (overNoise !== null && overNoise < NOISY_DB)
    say(overNoise < DROWNED_DB ? unless : 'warn', 'recording.noisy', { decibels: Math.round(overNoise) })
  if (decision) say('warn', 'recording.decided', { name: decision.name, reason: decision.reason })
  if (seconds > LONG_SECONDS) say('warn', 'recording.long', { minutes: Math.ceil(seconds / 60) })
  // Where the recording is the master, its text is a gloss that may be put better. A machine says the new words at once.
  const other = !oral && recording.words !== null && recording.words !== contentHash(fields)
  if (other && recording.speech) say('block', 'recording.other_words_machine')
  else if (other) say('warn', 'recording.other_words')
  // A voice is known in its village: the survivor's own is never played.
  if (kind === 'story' && voice === null) say('block', 'recording.voice_unsaid')
  if (kind === 'story' && voice === 'survivor') say('block', 'recording.voice_own')
  return found
}

/** Where findings about a recording stand. */
const RECORDING_FIELD = 'recording'

/** Whether a recording is so hard to understand that it goes out only by the decision of a person. */
export function needsDecision(recording: Recording | null): boolean {
  const { clipped, overNoise } = recording ?? { clipped: null, overNoise: null }
  return (clipped ?? 0) >= CUT_OFF_SHARE || (overNoise ?? Infinity) < DROWNED_DB
}

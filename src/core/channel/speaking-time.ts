/** How fast a voice reads, in syllables a minute, and how long it pauses. Estimates of ours for announcements in villages; set them by ear. */
export interface VoicePace {
  readonly voice: 'north' | 'central' | 'south'
  readonly syllablesPerMinute: number
}

export const VOICES: readonly VoicePace[] = [
  { voice: 'north', syllablesPerMinute: 190 },
  { voice: 'central', syllablesPerMinute: 175 },
  { voice: 'south', syllablesPerMinute: 185 },
]
const SENTENCE_PAUSE_SECONDS = 0.7
const COMMA_PAUSE_SECONDS = 0.3

/** Seconds that a text in spoken form takes; a Vietnamese syllable is a word between blanks. */
export function secondsToSpeak(spoken: string, { syllablesPerMinute }: VoicePace): number {
  const syllables = spoken.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  const sentences = spoken.match(/[.!?…\n]+/gu)?.length ?? 0
  const commas = spoken.match(/[,;:]/gu)?.length ?? 0
  return (syllables / syllablesPerMinute) * 60 + sentences * SENTENCE_PAUSE_SECONDS + commas * COMMA_PAUSE_SECONDS
}

import type { Accent } from '../message/index.ts'
import type { Id, RefusalFacts } from '../kernel/index.ts'

export const SPEECH_STATES = ['waiting', 'speaking', 'done', 'stopped', 'refused'] as const
export type SpeechState = (typeof SPEECH_STATES)[number]

/** That a machine voice says the words of one version of a rendition (lượt tạo giọng đọc). */
export interface Speech {
  readonly id: Id<'speech'>
  readonly renditionId: Id<'rendition'>
  /** The version whose words are said. */
  readonly version: number
  /** Key of a voice that the speech maker knows. */
  readonly voice: string
  readonly accent: Accent
  /** 0.7 to 1.4; 1 is the pace of an announcer. */
  readonly speed: number
  /** Whether a chime stands before and behind the words. */
  readonly chime: boolean
  readonly state: SpeechState
  /** Pieces of the text; null before it is known how many there are. */
  readonly pieces: number | null
  readonly piecesDone: number
  readonly refusedCode: string | null
  readonly refusedFacts: RefusalFacts | null
  readonly askedBy: Id<'person'> | null
  readonly askedAt: Date
}

export const SLOWEST = 0.7
export const FASTEST = 1.4
/** More than this no recording may last, whoever speaks. */
export const LONGEST_SECONDS = 30 * 60

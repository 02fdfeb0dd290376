import type { ChannelKey, RenditionText } from '../channel/index.ts'
import type { Id } from '../kernel/index.ts'

/** A message as one channel in one language carries it (bản thể hiện). */
export interface Rendition {
  readonly id: Id<'rendition'>
  readonly messageId: Id<'message'>
  readonly channel: ChannelKey
  readonly language: string
  readonly current: RenditionVersion
  /** Who answers for the words of the current version in a language not the master's; null before anybody signed. */
  readonly signature: Signature | null
}

export interface RenditionVersion {
  readonly number: number
  readonly fields: RenditionText
  /** True while nobody has changed what the channel composed. */
  readonly composed: boolean
  /** Version of the master it was made from, or held against and found right. */
  readonly fromMaster: number
  /** SHA-256 of the composition it was made from or held against. */
  readonly fromComposition: string
  readonly recording: Recording | null
  readonly restoredFrom: number | null
  readonly editedBy: Id<'person'> | null
  readonly editedAt: Date
}

export const VOICES = ['reader', 'altered', 'survivor'] as const
/** Whose voice tells a story: a reader's, the survivor's made unrecognisable, or the survivor's own. */
export type Voice = (typeof VOICES)[number]

export interface Recording {
  readonly sha256: string
  readonly seconds: number
  /** Integrated loudness in LUFS; null where it was not measured. */
  readonly loudness: number | null
  /** True peak in dBTP; null where it was not measured. */
  readonly peak: number | null
  /** Null where nobody has said; only a story of a survivor needs it. */
  readonly voice: Voice | null
  /** SHA-256 of the words it says, see `contentHash`; null where nobody noted it. */
  readonly words: string | null
  /** The machine that speaks; null where a person is heard. */
  readonly speech: MachineVoice | null
  /** Share of the samples that the recorder cut off; null where it was not measured. */
  readonly clipped: number | null
  /** Decibels by which the voice stands above the noise between the words; null where it was not measured. */
  readonly overNoise: number | null
  /** That it is used though it is hard to understand; null where nobody has decided so. */
  readonly decision: RecordingDecision | null
}

/** Who answers for a recording that is hard to understand, and why it is used. */
export interface RecordingDecision {
  readonly by: Id<'person'>
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly reason: string
}

export const ACCENTS = ['north', 'central', 'south'] as const
export type Accent = (typeof ACCENTS)[number]

/** What a machine voice was when it spoke. */
export interface MachineVoice {
  /** The program or the service, by its name. */
  readonly voice: string
  readonly accent: Accent
  /** 1 is the pace of an announcer. */
  readonly speed: number
  readonly chime: boolean
}

export interface Signature {
  readonly signedBy: Id<'person'>
  readonly signedAt: Date
  /** The native speaker by name, who may be another than the member of staff who signs for them. */
  readonly speaker: string
  /** What the translation says, back in the language of the master. */
  readonly backTranslation: string
}

export type RenditionState =
  /** Nothing is written yet. */
  | 'empty'
  /** Heard before it is read, and nobody has recorded it. */
  | 'unrecorded'
  /** The master or a fact has changed since. */
  | 'moved_on'
  /** A translation for which no native speaker has signed. */
  | 'unsigned'
  | 'ready'

interface Standing {
  readonly masterLanguage: string
  /** SHA-256 of what the channel composes of the master now. */
  readonly composition: string
  /** The recording is the master, its text a gloss. */
  readonly oral: boolean
}

/** What a rendition still lacks, the first thing first. */
export function stateOf(rendition: Rendition, { masterLanguage, composition, oral }: Standing): RenditionState {
  const { current } = rendition
  if (oral && current.recording === null) return 'unrecorded'
  if (!oral && Object.values(current.fields).every((words) => words.trim() === '')) return 'empty'
  if (current.fromComposition !== composition) return 'moved_on'
  return rendition.language !== masterLanguage && rendition.signature === null ? 'unsigned' : 'ready'
}

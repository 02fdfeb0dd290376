/**
 * Speech (giọng đọc): the words of a rendition said by a machine voice, as background work that shows how far it is and can
 * be stopped; what comes of it is the recording of the rendition. How words are pronounced is kept as data.
 */
export { askSpeech, stopSpeech, whyNotSpeak } from './ask-speech.ts'
export { dropPronunciation, keepPronunciation } from './keep-pronunciation.ts'
export { makeSpeech } from './make-speech.ts'
export {
  pronunciationPage,
  pronunciationsOf,
  type Pronunciation,
  type PronunciationKey,
} from './pronunciation.store.ts'
export { saidWords } from './said-words.ts'
export { makeSpeechJob } from './speech.jobs.ts'
export {
  makeSpeechWith,
  speechMaker,
  type MadeSpeech,
  type OfferedVoice,
  type SpeechMaker,
  type SpeechWatch,
  type SpeechWish,
} from './speech-maker.ts'
export { newestSpeech } from './speech.store.ts'
export type { Speech, SpeechState } from './speech.ts'

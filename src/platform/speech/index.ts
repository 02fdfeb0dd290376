/** Words made heard: voices behind one small interface, and the finishing of what they say. See README.md. */
export { speechMaker } from './speech-maker.ts'
export { openVoices, type VoiceSettings } from './voices.ts'

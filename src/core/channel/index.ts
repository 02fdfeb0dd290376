/**
 * Channel (hình thức, kênh): a kind of way out and what it asks of words. Each is implemented in `src/channels/<key>`;
 * nothing here sends.
 */
export {
  CHANNELS,
  MESSAGE_KINDS,
  type ChannelKey,
  type ChannelRules,
  type MasterText,
  type Measure,
  type MessageKind,
  type RenditionField,
  type RenditionText,
} from './channel.ts'
export { checkFields } from './check-fields.ts'
export { outsideGsm7, smsParts, toGsm7 } from './gsm7.ts'
export { readMarkup, writeMarkup } from './markup.ts'
export { hotlineLine, linesOf, paragraphs, sentencesOf, withHotline } from './plain-text.ts'
export { secondsToSpeak, VOICES } from './speaking-time.ts'
export { southernNumbers } from './spoken-numbers.ts'
export { spokenForm } from './spoken.ts'
export type { Inline, TextBlock } from './text-block.ts'

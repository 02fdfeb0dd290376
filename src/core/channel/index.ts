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
export { readMarkup } from './markup.ts'
export { plainOf, type Inline, type TextBlock } from './text-block.ts'

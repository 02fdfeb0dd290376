import {
  checkFields,
  linesOf,
  paragraphs,
  withHotline,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'title', shape: 'line', required: true, most: 160 },
  { name: 'body', shape: 'text', required: true, most: 3_000 },
]

/** An item of the bulletin of grassroots information, printed and mailed. */
export const bulletinRules: ChannelRules = {
  key: 'bulletin',
  fields: FIELDS,
  heard: false,
  stays: false,
  compose: (master) => ({
    title: master.title,
    body: paragraphs(master.lead, ...linesOf(master.body), withHotline(master.callToAction, master)),
  }),
  check: (text) => checkFields(FIELDS, text),
  measure: (text) => [
    { code: 'characters', value: [...(text.body ?? '')].length, unit: 'characters', limit: 3_000, facts: {} },
  ],
}

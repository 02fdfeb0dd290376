import {
  checkFields,
  hotlineLine,
  linesOf,
  paragraphs,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'headline', shape: 'line', required: true, most: 90 },
  { name: 'body', shape: 'text', required: true, most: 1_600 },
  { name: 'hotline', shape: 'line', required: false, most: 200 },
]

/** One sheet of A4 for a notice board, read standing. */
export const noticeBoardRules: ChannelRules = {
  key: 'notice_board',
  fields: FIELDS,
  heard: false,
  stays: true,
  compose: (master) => ({
    headline: master.title,
    body: paragraphs(master.lead, ...linesOf(master.body), master.callToAction),
    hotline: hotlineLine(master),
  }),
  check: (text) => checkFields(FIELDS, text),
  measure: (text) => [
    { code: 'characters', value: [...(text.body ?? '')].length, unit: 'characters', limit: 1_600, facts: {} },
  ],
}

import {
  checkFields,
  linesOf,
  paragraphs,
  withHotline,
  type ChannelKey,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'title', shape: 'line', required: true, most: 200 },
  { name: 'body', shape: 'text', required: true, most: null },
]

/** Ways out without rules of their own: a programme of an event, and whatever a plan names besides. */
function plainRules(key: ChannelKey): ChannelRules {
  return {
    key,
    fields: FIELDS,
    heard: false,
    stays: false,
    compose: (master) => ({
      title: master.title,
      body: paragraphs(master.lead, ...linesOf(master.body), withHotline(master.callToAction, master)),
    }),
    check: (text) => checkFields(FIELDS, text),
    measure: (text) => [
      { code: 'characters', value: [...(text.body ?? '')].length, unit: 'characters', limit: null, facts: {} },
    ],
  }
}

export const eventRules = plainRules('event')
export const otherRules = plainRules('other')

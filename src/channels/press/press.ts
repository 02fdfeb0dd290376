import {
  checkFields,
  paragraphs,
  linesOf,
  readMarkup,
  withHotline,
  writeMarkup,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'title', shape: 'line', required: true, most: 160 },
  { name: 'lead', shape: 'text', required: true, most: 800 },
  { name: 'body', shape: 'markup', required: true, most: null },
  { name: 'contact', shape: 'text', required: true, most: 400 },
]

/** A release for newsrooms, pictures and all: who answers for it stands under it, so that an editor can ask. */
export const pressRules: ChannelRules = {
  key: 'press',
  fields: FIELDS,
  heard: false,
  stays: false,
  compose: (master) => ({
    title: master.title,
    lead: master.lead || (linesOf(master.body)[0] ?? ''),
    body: paragraphs(writeMarkup(master.body), withHotline(master.callToAction, master)),
    contact: master.author,
  }),
  check: (text) => checkFields(FIELDS, text),
  measure: (text) => [
    {
      code: 'words',
      value: linesOf(readMarkup(text.body ?? ''))
        .join(' ')
        .split(/\s+/)
        .filter(Boolean).length,
      unit: 'words',
      limit: null,
      facts: {},
    },
  ],
}

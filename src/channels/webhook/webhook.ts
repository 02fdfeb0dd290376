import {
  checkFields,
  withHotline,
  writeMarkup,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'title', shape: 'line', required: true, most: 200 },
  { name: 'lead', shape: 'text', required: false, most: 600 },
  { name: 'body', shape: 'markup', required: true, most: null },
  { name: 'callToAction', shape: 'text', required: false, most: 600 },
]

/** The message whole, for other machines to show in their own way. */
export const webhookRules: ChannelRules = {
  key: 'webhook',
  fields: FIELDS,
  heard: false,
  // A machine that shows it does so until it is told otherwise.
  stays: true,
  compose: (master) => ({
    title: master.title,
    lead: master.lead,
    body: writeMarkup(master.body),
    callToAction: withHotline(master.callToAction, master),
  }),
  check: (text) => checkFields(FIELDS, text),
  measure: (text) => [
    {
      code: 'words',
      value: (text.body ?? '').split(/\s+/).filter(Boolean).length,
      unit: 'words',
      limit: null,
      facts: {},
    },
  ],
}

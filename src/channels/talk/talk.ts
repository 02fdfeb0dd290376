import {
  checkFields,
  hotlineLine,
  linesOf,
  sentencesOf,
  type ChannelKey,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [
  { name: 'opening', shape: 'text', required: true, most: 600 },
  { name: 'points', shape: 'text', required: true, most: 4_000 },
  { name: 'closing', shape: 'text', required: false, most: 600 },
  { name: 'hotline', shape: 'line', required: false, most: 200 },
]

/** Talking points for who stands before people: one thought a line, in an order that can be told. */
function talkRules(key: ChannelKey): ChannelRules {
  return {
    key,
    fields: FIELDS,
    // Told in the language of the listeners; the paper before the speaker is a help, not what people get.
    heard: true,
    stays: false,
    compose: (master) => ({
      opening: [master.title, master.lead].filter(Boolean).join('. '),
      points: sentencesOf(linesOf(master.body).join('\n'))
        .map((point) => `- ${point.replace(/^- /, '')}`)
        .join('\n'),
      closing: master.callToAction,
      hotline: hotlineLine(master),
    }),
    check: (text) => checkFields(FIELDS, text),
    measure: (text) => [
      {
        code: 'points',
        value: (text.points ?? '').split('\n').filter(Boolean).length,
        unit: 'words',
        limit: null,
        facts: {},
      },
    ],
  }
}

export const mobileTeamRules = talkRules('mobile_team')
export const talkingRules = talkRules('talk')

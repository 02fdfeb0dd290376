import { checkFields, withHotline, type ChannelRules, type RenditionField } from '../../core/channel/index.ts'
import type { Finding } from '../../core/kernel/index.ts'

const MOST_CHARACTERS = 180
const FIELDS: readonly RenditionField[] = [{ name: 'line', shape: 'line', required: true, most: MOST_CHARACTERS }]
/** Letters that pass in a second on a board that people read in passing; an estimate of ours. */
const CHARACTERS_PER_SECOND = 8

/** A running line of an electronic notice board. */
export const boardRules: ChannelRules = {
  key: 'board',
  fields: FIELDS,
  heard: false,
  stays: true,
  compose(master) {
    const short = withHotline(`${master.title}.`, master)
    const long = withHotline(`${master.title}. ${master.callToAction}`.trim(), master)
    return { line: (long.length <= MOST_CHARACTERS ? long : short).replace(/\s+/g, ' ').replace(/\.{2,}/g, '.') }
  },
  check: (text) => [...checkFields(FIELDS, text), ...unshowable(text.line ?? '')],
  measure: (text) => [
    { code: 'characters', value: [...(text.line ?? '')].length, unit: 'characters', limit: MOST_CHARACTERS, facts: {} },
    {
      code: 'seconds_shown',
      value: Math.ceil([...(text.line ?? '')].length / CHARACTERS_PER_SECOND),
      unit: 'seconds',
      limit: null,
      facts: {},
    },
  ],
}

/** The fonts of boards hold Latin letters, figures and plain signs; a picture or an emoji becomes a hole. */
function unshowable(line: string): Finding[] {
  return [...line.matchAll(/[^\p{Script=Latin}\p{M}\d\s.,:;!?()"'“”‘’/%+\-–—&…]/gu)].map((match) => ({
    code: 'board.unshowable',
    weight: 'block',
    field: 'line',
    span: [match.index, match.index + match[0].length],
    facts: { character: match[0] },
    mend: '',
  }))
}

import {
  checkFields,
  withHotline,
  type ChannelRules,
  type MasterText,
  type RenditionField,
} from '../../core/channel/index.ts'
import type { Finding } from '../../core/kernel/index.ts'

const MOST_CHARACTERS = 180
/** A notice that is read standing; what is longer nobody reads to its end. */
const MOST_NOTICE = 400
const FIELDS: readonly RenditionField[] = [
  { name: 'line', shape: 'line', required: true, most: MOST_CHARACTERS },
  { name: 'notice', shape: 'text', required: false, most: MOST_NOTICE },
  { name: 'media', shape: 'line', required: false, most: 36 },
]
/** Letters that pass in a second on a board that people read in passing; an estimate of ours. */
const CHARACTERS_PER_SECOND = 8

/**
 * What an electronic board shows: one line for light-emitting letters, and for a screen a notice with a picture or film of
 * the library, named by its id.
 */
export const boardRules: ChannelRules = {
  key: 'board',
  fields: FIELDS,
  heard: false,
  stays: true,
  compose(master) {
    const short = withHotline(`${master.title}.`, master)
    const long = withHotline(`${master.title}. ${master.callToAction}`.trim(), master)
    const line = (long.length <= MOST_CHARACTERS ? long : short).replace(/\s+/g, ' ').replace(/\.{2,}/g, '.')
    return { line, notice: noticeOf(master), media: firstPictureIn(master) }
  },
  check: (text) => [...checkFields(FIELDS, text), ...unshowable(text.line ?? ''), ...noMedia(text.media ?? '')],
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

/** Title and call, one below the other; empty where it would be too long: the line is shown then. */
function noticeOf(master: MasterText): string {
  const notice = withHotline([master.title, master.lead, master.callToAction].filter(Boolean).join('\n'), master)
  return notice.length <= MOST_NOTICE ? notice : ''
}

function firstPictureIn({ body }: MasterText): string {
  return body.find((block) => block.kind === 'image')?.media ?? ''
}

const MEDIA_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function noMedia(media: string): Finding[] {
  if (media === '' || MEDIA_ID.test(media)) return []
  return [{ code: 'board.no_media', weight: 'block', field: 'media', span: [0, media.length], facts: {}, mend: '' }]
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

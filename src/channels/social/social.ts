import {
  checkFields,
  linesOf,
  paragraphs,
  sentencesOf,
  withHotline,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

export interface SocialSettings {
  /** Characters that a post holds, by the narrowest network in use; null until somebody has looked it up and set it. */
  readonly longestPost: number | null
  /** Characters that a link preview shows before it is cut. */
  readonly longestPreview: number
}
const SETTINGS: SocialSettings = { longestPost: null, longestPreview: 200 }

/** A post on the page of a state body, with what the link under it shows. */
export function socialRules(given: Partial<SocialSettings> = {}): ChannelRules {
  const { longestPost, longestPreview } = { ...SETTINGS, ...given }
  const fields: readonly RenditionField[] = [
    { name: 'post', shape: 'text', required: true, most: longestPost },
    { name: 'linkTitle', shape: 'line', required: true, most: 100 },
    { name: 'linkDescription', shape: 'line', required: false, most: longestPreview },
  ]
  return {
    key: 'social',
    fields,
    heard: false,
    compose: (master) => ({
      post: paragraphs(
        master.title,
        master.lead || (linesOf(master.body)[0] ?? ''),
        withHotline(master.callToAction, master),
      ),
      linkTitle: shortened(master.title, 100),
      linkDescription: shortened(master.lead || (sentencesOf(linesOf(master.body).join(' '))[0] ?? ''), longestPreview),
    }),
    check: (text) => checkFields(fields, text),
    measure: (text) => [
      { code: 'characters', value: [...(text.post ?? '')].length, unit: 'characters', limit: longestPost, facts: {} },
    ],
  }
}

/** Cut between words, with an ellipsis in the place of what fell away. */
function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  return `${line.slice(0, most - 1).replace(/\s+\S*$/u, '')}…`
}

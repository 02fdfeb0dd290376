import {
  checkFields,
  hotlineLine,
  linesOf,
  paragraphs,
  sentencesOf,
  type ChannelKey,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'

interface Sheet {
  readonly key: ChannelKey
  /** Characters of the body that such a sheet bears and is still read. */
  readonly body: number
  /** Hung or pasted up, where it stays until somebody takes it down; false: handed out. */
  readonly stays: boolean
}

/** Printed copy: large words, whom to call, and the imprint that a licensed publication bears. */
function printRules({ key, body, stays }: Sheet): ChannelRules {
  const fields: readonly RenditionField[] = [
    { name: 'headline', shape: 'line', required: true, most: 80 },
    { name: 'body', shape: 'text', required: true, most: body },
    { name: 'hotline', shape: 'line', required: false, most: 200 },
    // Number and day of the licence, print run, printer: known only once the licence is given.
    { name: 'imprint', shape: 'text', required: false, most: 400 },
  ]
  return {
    key,
    fields,
    heard: false,
    stays,
    compose: (master) => ({
      headline: master.title,
      body: withinBody(paragraphs(master.lead, ...linesOf(master.body)), master.callToAction, body),
      hotline: hotlineLine(master),
      imprint: master.author,
    }),
    check: (text) => checkFields(fields, text),
    measure: (text) => [
      { code: 'characters', value: [...(text.body ?? '')].length, unit: 'characters', limit: body, facts: {} },
    ],
  }
}

/** Whole sentences while they fit; the call to action always. */
function withinBody(words: string, callToAction: string, most: number): string {
  const whole = paragraphs(words, callToAction)
  if (whole.length <= most) return whole
  const kept: string[] = []
  for (const sentence of sentencesOf(words)) {
    if (paragraphs([...kept, sentence].join(' '), callToAction).length > most) break
    kept.push(sentence)
  }
  return paragraphs(kept.join(' '), callToAction)
}

export const posterRules = printRules({ key: 'poster', body: 240, stays: true })
export const pictureRules = printRules({ key: 'picture', body: 160, stays: true })
export const panelRules = printRules({ key: 'panel', body: 200, stays: true })
export const leafletRules = printRules({ key: 'leaflet', body: 1_800, stays: false })
export const folderRules = printRules({ key: 'folder', body: 3_600, stays: false })

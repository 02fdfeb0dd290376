import { checkFields, type ChannelRules, type RenditionField } from '../../core/channel/index.ts'

const FIELDS: readonly RenditionField[] = [{ name: 'line', shape: 'line', required: true, most: 90 }]

/** One line of cloth over a road side or a gate: a slogan, and the number to call. */
export const bannerRules: ChannelRules = {
  key: 'banner',
  fields: FIELDS,
  heard: false,
  stays: true,
  compose(master) {
    const [first] = master.hotlines
    const call = first && !master.title.includes(first.number) ? ` – Gọi ${first.number}` : ''
    return { line: `${master.title}${call}` }
  },
  check: (text) => checkFields(FIELDS, text),
  measure: (text) => [
    { code: 'characters', value: [...(text.line ?? '')].length, unit: 'characters', limit: 90, facts: {} },
  ],
}

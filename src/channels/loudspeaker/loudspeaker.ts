import {
  checkFields,
  linesOf,
  secondsToSpeak,
  spokenForm,
  VOICES,
  type ChannelRules,
  type MasterText,
  type RenditionField,
} from '../../core/channel/index.ts'
import type { Finding } from '../../core/kernel/index.ts'

const FIELDS: readonly RenditionField[] = [{ name: 'script', shape: 'text', required: true, most: null }]
/** One broadcast of a commune station, at most: the shortest limit found in force (Hà Nội, inner districts). */
export const LONGEST_BROADCAST_SECONDS = 15 * 60

/** What is read out over the loudspeakers of a village: spoken form, the number to call said twice at the end. */
export const loudspeakerRules: ChannelRules = {
  key: 'loudspeaker',
  fields: FIELDS,
  heard: true,
  stays: false,
  compose: (master) => ({ script: scriptOf(master) }),
  check: (text) => [...checkFields(FIELDS, text), ...unspoken(text.script ?? ''), ...tooLong(text.script ?? '')],
  measure: (text) =>
    VOICES.map((pace) => {
      const value = Math.round(secondsToSpeak(text.script ?? '', pace))
      const facts = { minutes: Math.floor(value / 60), seconds: value % 60 }
      return { code: `spoken_${pace.voice}`, value, unit: 'seconds', limit: LONGEST_BROADCAST_SECONDS, facts }
    }),
}

function scriptOf(master: MasterText): string {
  const hotlines = master.hotlines.map(({ number }) => number)
  const say = (text: string) => ended(spokenForm(text, { hotlines }))
  const [first] = master.hotlines
  const call = first ? say(`${first.name}: ${first.number}`) : ''
  const parts = [master.title, master.lead, ...linesOf(master.body), master.callToAction].map(say)
  // Who has no pen hears it once more.
  return [...parts, call, call && `Xin nhắc lại. ${call}`].filter(Boolean).join('\n')
}

function ended(sentence: string): string {
  return sentence === '' || /[.!?…:]$/.test(sentence) ? sentence : `${sentence}.`
}

/** What a voice stumbles over: figures and capitals that nobody has said how to read. */
function unspoken(script: string): Finding[] {
  return [...script.matchAll(/[\d/%&@#*_]+|(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu)].map((match) => ({
    code: 'loudspeaker.unspoken',
    weight: 'warn',
    field: 'script',
    span: [match.index, match.index + match[0].length],
    facts: { words: match[0] },
    mend: spokenForm(match[0]) === match[0] ? null : spokenForm(match[0]),
  }))
}

function tooLong(script: string): Finding[] {
  const seconds = Math.max(...VOICES.map((pace) => secondsToSpeak(script, pace)))
  if (seconds <= LONGEST_BROADCAST_SECONDS) return []
  const facts = { minutes: Math.ceil(seconds / 60), most: LONGEST_BROADCAST_SECONDS / 60 }
  return [{ code: 'loudspeaker.too_long', weight: 'block', field: 'script', span: null, facts, mend: null }]
}

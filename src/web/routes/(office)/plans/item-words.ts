import type { Item } from '#core/plan/index.ts'
import type { Words } from '#app/wording/words.ts'
import { dayWords, daysWords } from '#web/lib/date-words.ts'

export type Line = readonly [name: string, value: string]

/** What an item says, as names and values for a reader; its main words come first. */
export function linesOf(w: Words, item: Item): Line[] {
  const line = (name: string, value: string | null | undefined): Line[] =>
    value ? [[w(`plans_field_${name}`), value]] : []
  switch (item.kind) {
    case 'head': {
      const { type, notation, issuer, place, issuedOn, title } = item.value
      return [
        ...line('type', type),
        ...line('notation', notation),
        ...line('issuer', issuer),
        ...line('issuedOn', [place, dayWords(issuedOn)].filter(Boolean).join(', ')),
        ...line('title', title),
      ]
    }
    case 'legal_basis': {
      const { type, notation, issuedOn, issuer, title, inForce } = item.value
      const force = inForce === null ? 'unknown' : inForce ? 'yes' : 'no'
      return [
        ...line('notation', [type, notation].filter(Boolean).join(' ')),
        ...line('issuedOn', dayWords(issuedOn)),
        ...line('issuer', issuer),
        ...line('title', title),
        ...line('inForce', w(`plans_in_force_${force}`)),
      ]
    }
    case 'period':
      return [
        ...line('periodKind', w(`plans_period_${item.value.kind}`)),
        ...line('days', daysWords(item.value.from, item.value.to)),
        ...line('rhythm', item.value.rhythm),
      ]
    case 'theme':
      return [...line('text', item.value.text), ...line('clause', item.value.clause)]
    case 'slogan':
      return line('text', item.value.text)
    case 'hotline':
      return [...line('number', item.value.number), ...line('name', item.value.name)]
    case 'audience':
      return [...line('text', item.value.text), ...line('audienceKind', w(`plans_audience_${item.value.kind}`))]
    case 'target':
      return [...line('text', item.value.text), ...line('target', targetWords(item.value))]
    case 'channel':
      return [...line('channel', w(`channel_${item.value.channel}`)), ...line('clause', item.value.clause)]
    case 'duty': {
      const { clause, role, mode, text, outputs, channels, deadline, rhythm } = item.value
      return [
        ...line('text', text),
        ...line('role', `${w(`plans_role_${role}`)}, ${w(`plans_mode_${mode}`)}`),
        ...line('channels', channels.map((channel) => w(`channel_${channel}`)).join(' · ')),
        ...line('outputs', outputs.join(' · ')),
        ...line('deadline', deadline ? deadlineWords(deadline) : w('plans_no_deadline')),
        ...line('rhythm', rhythm),
        ...line('clause', clause),
      ]
    }
    default:
      return item satisfies never
  }
}

function targetWords({ value, valueTo, unit }: { value: number; valueTo: number | null; unit: string }): string {
  return `${valueTo === null ? value : `${value} – ${valueTo}`} ${unit}`
}

function deadlineWords({ text, to }: { text: string; to: string | null }): string {
  return to === null || text.includes(dayWords(to)) ? text : `${dayWords(to)} (${text})`
}

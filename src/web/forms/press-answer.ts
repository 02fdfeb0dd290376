import { MEDIUMS, type AnswerKind } from '#core/press/index.ts'
import { fieldOf } from './act.ts'
import { momentOf } from './moment.ts'

/** What a form says a newsroom answered. @throws Refusal `input.other` for a moment that is none */
export function answerOfForm(data: FormData, kind: AnswerKind) {
  const note = fieldOf(data, kind === 'not_running' ? 'why' : 'note')
  if (kind !== 'ran') return { kind, note }
  const minutes = fieldOf(data, 'minutes').trim()
  return {
    kind,
    note,
    link: fieldOf(data, 'link'),
    medium: MEDIUMS.find((medium) => medium === fieldOf(data, 'medium')) ?? null,
    ranAt: momentOf(fieldOf(data, 'ranAt'), 'ranAt'),
    // What is no number the action's own schema refuses.
    minutes: minutes === '' ? null : Number(minutes.replace(',', '.')),
  }
}

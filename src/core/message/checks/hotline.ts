import type { Fact } from '../../fact/index.ts'
import { stateOn } from '../../fact/index.ts'
import type { MessageKind } from '../../channel/index.ts'
import type { Day, Finding } from '../../kernel/index.ts'
import type { TextFields } from './text-fields.ts'

/** Kinds that leave people alone with a danger unless they say whom to call. */
const DEMANDING: ReadonlySet<MessageKind> = new Set(['news', 'notice', 'question', 'story', 'script'])

/** That a message which warns of a danger says a number to call that holds today. */
export function checkHotline(kind: MessageKind, fields: TextFields, facts: readonly Fact[], day: Day): Finding[] {
  if (!DEMANDING.has(kind)) return []
  const numbers = facts
    .filter((fact) => fact.kind === 'hotline' && stateOn(fact, day) !== 'ended')
    .map(({ value }) => value)
  const said = Object.values(fields)
    .join('\n')
    .replace(/(?<=\d)[\s.-](?=\d)/g, '')
  const named = numbers.some((number) => new RegExp(String.raw`(?<!\d)${number}(?!\d)`).test(said))
  if (named) return []
  // The shortest is the one that people keep in mind.
  const [number = ''] = numbers.toSorted((one, other) => one.length - other.length)
  return [
    { code: 'hotline.missing', weight: 'block', field: 'callToAction', span: null, facts: { number }, mend: null },
  ]
}

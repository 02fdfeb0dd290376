import { stateOn, type Fact } from '../fact/index.ts'
import type { Day, Finding } from '../kernel/index.ts'
import { markOf, printFacts } from './fact-marks.ts'
import { MASTER_FIELDS, type MasterWords } from './message.ts'

const MARK = /\{\{\s*([^\s{}:]+)(?::\w+)?\s*\}\}/gu

/** What is wrong with the facts that a master refers to: marks that name none, ended ones, ones nobody has verified in time. */
export function checkFactMarks(words: MasterWords, facts: ReadonlyMap<string, Fact>, day: Day): Finding[] {
  return MASTER_FIELDS.flatMap((field) => [
    ...printFacts(words[field], facts).unknown.map(({ code, span }) =>
      finding('fact.unknown', 'block', field, span, { code }),
    ),
    ...[...words[field].matchAll(MARK)].flatMap((mark) => {
      const fact = facts.get(mark[1] ?? '')
      return fact ? worthOf(fact, field, [mark.index, mark.index + mark[0].length], day) : []
    }),
  ])
}

function worthOf(fact: Fact, field: string, span: readonly [number, number], day: Day): Finding[] {
  const facts = { name: fact.name, value: fact.value }
  switch (stateOn(fact, day)) {
    case 'ended':
      return [finding('fact.ended', 'block', field, span, facts, fact.replacedBy ? markOf(fact.replacedBy) : null)]
    case 'not_yet':
      return [finding('fact.not_yet', 'block', field, span, facts)]
    case 'unverified':
      return [finding('fact.unverified', 'warn', field, span, facts)]
    case 'valid':
      return []
  }
}

function finding(
  code: string,
  weight: Finding['weight'],
  field: string,
  span: readonly [number, number],
  facts: Finding['facts'],
  mend: string | null = null,
): Finding {
  return { code, weight, field, span, facts, mend }
}

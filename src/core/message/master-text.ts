import { readMarkup, type MasterText } from '../channel/index.ts'
import { factsOf, FACT_KINDS, type Fact } from '../fact/index.ts'
import type { Ctx, Db, Id } from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { printFacts } from './fact-marks.ts'
import { MASTER_FIELDS, type MasterWords, type Message } from './message.ts'

/** What a master is printed with: every fact by code, and who answers for it. */
export interface Ground {
  readonly facts: ReadonlyMap<string, Fact>
  readonly author: string
}

export async function groundOf(ctx: Ctx, organisationId: Id<'organisation'>): Promise<Ground> {
  const [body] = await organisationsWhere(ctx.db, [organisationId])
  return { facts: await factsByCode(ctx.db), author: body?.name ?? '' }
}

export async function factsByCode(db: Db): Promise<ReadonlyMap<string, Fact>> {
  return new Map((await factsOf(db, FACT_KINDS)).map((fact) => [fact.code, fact]))
}

/** The codes of the facts that a master refers to, each once. */
export function factCodesIn(words: MasterWords, facts: ReadonlyMap<string, Fact>): string[] {
  return [...new Set(MASTER_FIELDS.flatMap((field) => printFacts(words[field], facts).codes))]
}

/** The master as a channel sees it: facts by value, the body in blocks. */
export function masterTextOf(message: Message, words: MasterWords, { facts, author }: Ground): MasterText {
  const print = (text: string) => printFacts(text, facts).text.normalize('NFC').trim()
  const body = print(words.body)
  const all = [print(words.title), print(words.lead), body, print(words.callToAction)].join('\n')
  return {
    kind: message.kind,
    language: message.language,
    title: print(words.title),
    lead: print(words.lead),
    body: readMarkup(body),
    callToAction: print(words.callToAction),
    hotlines: hotlinesIn(all, facts),
    author,
    validUntil: message.validUntil,
  }
}

/** Hotlines that the text says, referred to or typed, in the order in which it first says them. */
function hotlinesIn(text: string, facts: ReadonlyMap<string, Fact>): { name: string; number: string }[] {
  const said = [...facts.values()]
    .filter((fact) => fact.kind === 'hotline')
    .map((fact) => ({ name: fact.name, number: fact.value, at: placeOf(text, fact.value) }))
    .filter(({ at }) => at >= 0)
  return said.sort((one, other) => one.at - other.at).map(({ name, number }) => ({ name, number }))
}

/** Where a number stands by itself in the text: `111` is not in `1110` nor in `1.111`. */
function placeOf(text: string, number: string): number {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const around = (text[at - 1] ?? ' ') + (text[at + number.length] ?? ' ')
    if (!/\d/.test(around) && !/\d[.,]$/.test(text.slice(Math.max(0, at - 2), at))) return at
  }
  return -1
}

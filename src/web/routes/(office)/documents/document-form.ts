import { AUTHORITY_PREFIXES, readOutline, URGENCIES, writeOutline, type PaperContent } from '#core/document/index.ts'
import { Refusal, tidy } from '#core/kernel/index.ts'
import { fieldOf } from '#web/forms/act.ts'

/** The fields of a form hold what a document says; a field of several lines is a list. */
export interface DocumentTyped {
  readonly subject: string
  readonly addressees: string
  readonly body: string
  readonly authority: string
  readonly position: string
  readonly otherPosition: string
  readonly name: string
  readonly receivers: string
  readonly unit: string
  readonly urgency: string
  readonly circulation: string
  readonly copies: string
  readonly contact: string
  readonly dueOn: string
}

export function typedOf(content: PaperContent): DocumentTyped {
  const { subject, unit, circulation, copies, contact, signature } = content
  return {
    subject,
    unit,
    circulation,
    copies,
    contact,
    body: writeOutline(content),
    addressees: content.addressees.join('\n'),
    receivers: content.receivers.join('\n'),
    authority: signature.authority.map(({ prefix, of }) => `${prefix} ${of}`).join('\n'),
    position: signature.position,
    otherPosition: signature.otherPosition ?? '',
    name: signature.name,
    urgency: content.urgency ?? '',
    dueOn: content.dueOn ?? '',
  }
}

/** What a form says as a document; the schema of the action looks at the rest. @throws Refusal `document.no_text`, `document.authority_unknown` */
export function contentOfForm(data: FormData) {
  const field = (name: string) => fieldOf(data, `content.${name}`)
  const outline = readOutline(field('body'))
  if (outline.body.length === 0) throw new Refusal('document.no_text', {}, 'content.body')
  const empty = outline.annexes.find(({ body }) => body.length === 0)
  if (empty) throw new Refusal('document.annex_empty', { title: empty.title }, 'content.body')
  return {
    subject: field('subject'),
    addressees: linesOf(field('addressees')),
    body: [...outline.body],
    annexes: outline.annexes.map(({ title, body }) => ({ title, body: [...body] })),
    signature: {
      authority: linesOf(field('authority')).map(authorityOf),
      position: field('signature.position'),
      otherPosition: field('signature.otherPosition'),
      name: field('signature.name'),
    },
    receivers: linesOf(field('receivers')),
    unit: field('unit'),
    urgency: URGENCY_KEYS.find((one) => one === field('urgency')) ?? null,
    circulation: field('circulation'),
    copies: field('copies'),
    contact: field('contact'),
    dueOn: field('dueOn') || null,
  }
}

export const URGENCY_KEYS = Object.keys(URGENCIES) as (keyof typeof URGENCIES)[] // the keys of that very table

/** One a line; the dashes and semicolons of the paper come by themselves. */
function linesOf(typed: string): string[] {
  return typed
    .split(/\r?\n/u)
    .map((line) => tidy(line.replace(/^\s*[-–]\s+/u, '')).replace(/[;.]$/u, ''))
    .filter(Boolean)
}

function authorityOf(line: string) {
  const prefix = AUTHORITY_PREFIXES.find((one) => line.toLocaleUpperCase('vi').startsWith(`${one} `))
  if (!prefix) throw new Refusal('document.authority_unknown', { line }, 'content.authority')
  return { prefix, of: tidy(line.slice(prefix.length)) }
}

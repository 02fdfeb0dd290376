import { Refusal, type Id } from '../kernel/index.ts'

export const ANSWER_KINDS = ['taken', 'ran', 'not_running'] as const
export type AnswerKind = (typeof ANSWER_KINDS)[number]

export const MEDIUMS = ['print', 'online', 'radio', 'television'] as const
export type Medium = (typeof MEDIUMS)[number]

/** What a newsroom says became of an item. Of a kill, `taken` is that it was seen and `not_running` that nothing is up any more. */
export interface Answer {
  readonly kind: AnswerKind
  readonly medium: Medium | null
  /** Where it can be read, heard or seen: http or https alone. */
  readonly link: string | null
  /** When it was printed or on the air. */
  readonly ranAt: Date | null
  /** How long it was on the air. */
  readonly minutes: number | null
  readonly note: string
}

export interface NotedAnswer extends Answer {
  readonly itemId: Id<'press_item'>
  readonly at: Date
  /** The member of staff who wrote it down for the newsroom. */
  readonly personId: Id<'person'> | null
  readonly person: string | null
}

/** Enough for every change of mind; more is somebody's script. */
export const MOST_ANSWERS = 100
/** Clocks of newsrooms go wrong by this much. */
const CLOCK_ERROR_MS = 5 * 60_000

/** Why this cannot be an answer; null when it can. */
export function whyNotAnswer(answer: Answer, item: { readonly firstAt: Date }, now: Date): Refusal | null {
  if (answer.link !== null && !isWebAddress(answer.link)) return new Refusal('press.bad_link', {}, 'link')
  if (answer.kind !== 'ran') return null
  if (answer.ranAt === null) return answer.link === null ? new Refusal('press.where_or_when', {}, 'link') : null
  if (answer.ranAt.getTime() > now.getTime() + CLOCK_ERROR_MS) return new Refusal('press.future', {}, 'ranAt')
  const early = answer.ranAt.getTime() < item.firstAt.getTime() - CLOCK_ERROR_MS
  return early ? new Refusal('press.before_item', {}, 'ranAt') : null
}

/** A page of the web, and nothing that runs or reads on the machine of who opens it. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null &&
    /^https?:\/\//i.test(text) &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === ''
  )
}

import { fail, isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit'
import { sentenceOf } from '#app/wording/words.ts'
import { InputRefusal, Refusal } from '#core/kernel/index.ts'
import type { FormState } from '#web/ui/form-state.ts'
import { keepFault } from './fault.ts'

const STATUS: Readonly<Record<string, number>> = {
  'access.sign_in': 401,
  'access.role': 403,
  'access.organisation': 403,
  'access.system_only': 403,
  'identity.throttled': 429,
  'press.no_link': 410,
  'board.no_address': 410,
}

/** What a refusal is in HTTP: 422 for what was typed, 404 for what is not there, 409 for what cannot be now. */
export function statusOf(refusal: Refusal): number {
  if (refusal.code.startsWith('input.')) return 422
  if (refusal.code.endsWith('.not_found')) return 404
  return STATUS[refusal.code] ?? 409
}

/**
 * A refusal as the answer to a form: what was typed and the sentences. A fault of ours is logged and answered by its
 * reference. `untold`: fields besides passwords and secrets that must not come back, as a code that opens something once.
 */
export function refuseForm(event: RequestEvent, thrown: unknown, data: FormData, untold: readonly string[] = []) {
  if (isRedirect(thrown) || isHttpError(thrown)) throw thrown
  const { w } = event.locals
  const typed = typedIn(data, untold)
  const ticked = tickedIn(data, Object.keys(typed))
  if (thrown instanceof InputRefusal) {
    const problems = thrown.problems.map((problem) => ({ field: problem.field, text: sentenceOf(w, problem) }))
    return fail(422, { typed, ticked, problems } satisfies FormState)
  }
  if (thrown instanceof Refusal) {
    const problems = [{ field: thrown.field, text: sentenceOf(w, thrown) }]
    return fail(statusOf(thrown), { typed, ticked, problems } satisfies FormState)
  }
  const reference = keepFault(thrown)
  const problems = [{ field: null, text: w('web_fault', { reference }) }]
  return fail(500, { typed, ticked, problems, reference } satisfies FormState)
}

/** What was typed, to be shown again; never a password, a secret or a file. */
function typedIn(data: FormData, untold: readonly string[]): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [name, value] of data) {
    if (typeof value === 'string' && !/password|secret/i.test(name) && !untold.includes(name)) typed[name] = value
  }
  return typed
}

/** All values of a name, where several boxes bear it. */
function tickedIn(data: FormData, names: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(
    names.map((name) => [name, data.getAll(name).filter((value): value is string => typeof value === 'string')]),
  )
}

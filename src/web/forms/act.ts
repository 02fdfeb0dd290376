import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { GenericSchema, InferInput } from 'valibot'
import type { Action } from '#core/kernel/index.ts'
import type { FormState } from '#web/ui/form-state.ts'
import { refuseForm } from './refused.ts'

interface ActOptions<Input, Result> {
  /** The action's input from the form; without it the form's text fields are the input. */
  readonly input?: (data: FormData, event: RequestEvent) => Input | Promise<Input>
  /** Where to go when it is done; without it, back to the same page. A `done_…` key says what happened there. */
  readonly then?: (result: Result, event: RequestEvent) => string
}

/** A form's action is one action of the core: a refusal comes back with what was typed, success goes on by a redirect. */
export function act<Schema extends GenericSchema, Result>(
  action: Action<Schema, Result>,
  options: ActOptions<InferInput<Schema>, Result> = {},
) {
  return async (event: RequestEvent) => {
    const done = await actOn(action, event, options.input)
    if ('refused' in done) return done.refused
    return redirect(303, options.then?.(done.result, event) ?? event.url.pathname)
  }
}

/** What a form shows whose answer is no refusal. */
export const NOTHING_TYPED: FormState = { typed: {}, problems: [] }

/** As `act`, but the answer is shown on the page itself, once: for what is on no address, as a password issued. */
export function actAndShow<Schema extends GenericSchema, Result>(
  action: Action<Schema, Result>,
  input?: ActOptions<InferInput<Schema>, Result>['input'],
) {
  return async (event: RequestEvent) => {
    const done = await actOn(action, event, input)
    if ('refused' in done) return done.refused
    return { ...NOTHING_TYPED, shown: done.result }
  }
}

async function actOn<Schema extends GenericSchema, Result>(
  action: Action<Schema, Result>,
  event: RequestEvent,
  input: ActOptions<InferInput<Schema>, Result>['input'],
): Promise<{ readonly result: Result } | { readonly refused: ReturnType<typeof refuseForm> }> {
  const data = await event.request.formData()
  try {
    // Without `input` the form is the input; the action's own schema decides whether it will do.
    const given = input ? await input(data, event) : (fieldsOf(data) as InferInput<Schema>)
    return { result: await action(event.locals.ctx, given) }
  } catch (thrown) {
    return { refused: refuseForm(event, thrown, data) }
  }
}

/** The text fields of a form. */
export function fieldsOf(data: FormData): Record<string, string> {
  return Object.fromEntries([...data].filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

/** One text field, or `''`. */
export function fieldOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}

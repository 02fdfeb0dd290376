import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { GenericSchema, InferInput } from 'valibot'
import type { Action } from '#core/kernel/index.ts'
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
    const data = await event.request.formData()
    let result: Result
    try {
      // Without `input` the form is the input; the action's own schema decides whether it will do.
      const given = options.input ? await options.input(data, event) : (fieldsOf(data) as InferInput<Schema>)
      result = await action(event.locals.ctx, given)
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    return redirect(303, options.then?.(result, event) ?? event.url.pathname)
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

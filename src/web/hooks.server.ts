import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { keepFault } from './forms/fault.ts'
import { statusOf } from './forms/refused.ts'
import { languageOf } from './language.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { wordsIn } from './wording.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const language = languageOf(event)
  event.locals.language = language
  event.locals.w = wordsIn(language)
  event.locals.person = null
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%loa.language%', language),
  })
  addSecurityHeaders(response.headers)
  return response
}

/** A refusal met while loading a page is said on the error page; a fault of ours is logged and shown by its reference. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  const { w } = event.locals
  if (error instanceof Refusal) return { status: statusOf(error), message: sentenceOf(w, error) }
  return { reference: keepFault(error) }
}

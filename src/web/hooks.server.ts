import { redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { keepFault } from './forms/fault.ts'
import { statusOf } from './forms/refused.ts'
import { languageOf } from './language.ts'
import { paths } from './paths.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { enter } from './session/enter.ts'
import { wordsIn } from './wording.ts'

export const handle: Handle = async ({ event, resolve }) => {
  const language = languageOf(event)
  const { ctx, person } = await enter(event.cookies)
  Object.assign(event.locals, { ctx, person, language, w: wordsIn(language) })
  if (!person && event.route.id?.startsWith('/(office)')) {
    redirect(303, `${paths.signIn}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`)
  }
  if (person?.mustChange && /^\/\(office\)(?!\/account$)/.test(event.route.id ?? '')) {
    redirect(303, `${paths.account}?first`)
  }
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%loa.language%', language),
  })
  addSecurityHeaders(response.headers)
  return response
}

/** A refusal met while loading a page is said on the error page; a fault of ours is logged and shown by its reference. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  if (error instanceof Refusal) return { status: statusOf(error), message: sentenceOf(event.locals.w, error) }
  return { reference: keepFault(error) }
}

import { redirect } from '@sveltejs/kit'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { openedLoa } from '#app/opened.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { keepFault } from './forms/fault.ts'
import { statusOf } from './forms/refused.ts'
import { languageOf, speak } from './language.ts'
import { paths } from './paths.ts'
import { addPublicHeaders, addSecurityHeaders } from './security-headers.ts'
import { enter } from './session/enter.ts'

export const handle: Handle = ({ event, resolve }) =>
  /^\/\((public\)\/cong|board\))/.test(event.route.id ?? '')
    ? forAnybody({ event, resolve })
    : forStaff({ event, resolve })

/** A page of the portal, and of a board, is the same for everybody: nobody is asked who they are, nothing is kept in their browser. */
const forAnybody: Handle = async ({ event, resolve }) => {
  Object.assign(event.locals, { ctx: openedLoa().contextOf({ kind: 'nobody' }), person: null })
  speak(event.locals, event.url.searchParams.get('in'))
  const response = await resolve(event, inLanguageOf(event.locals))
  addPublicHeaders(response, event.url)
  return response
}

const forStaff: Handle = async ({ event, resolve }) => {
  const { ctx, person } = await enter(event.cookies)
  Object.assign(event.locals, { ctx, person })
  speak(event.locals, languageOf(event))
  if (!person && event.route.id?.startsWith('/(office)')) {
    redirect(303, `${paths.signIn}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`)
  }
  if (person?.mustChange && /^\/\(office\)(?!\/account$)/.test(event.route.id ?? '')) {
    redirect(303, `${paths.account}?first`)
  }
  const response = await resolve(event, inLanguageOf(event.locals))
  addSecurityHeaders(response.headers)
  return response
}

/** Read when the page is written: a public article settles the language of its frame while it is loaded. */
function inLanguageOf(locals: App.Locals) {
  return {
    transformPageChunk: ({ html }: { html: string }) => html.replace('%loa.language%', locals.language),
  }
}

/** A refusal met while loading a page is said on the error page; a fault of ours is logged and shown by its reference. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return
  if (error instanceof Refusal) return { status: statusOf(error), message: sentenceOf(event.locals.w, error) }
  return { reference: keepFault(error) }
}

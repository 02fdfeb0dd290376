import type { RequestEvent } from '@sveltejs/kit'
import { LANGUAGES, type Language } from '#core/kernel/index.ts'
import { wordsIn } from './wording.ts'

const COOKIE = 'language'
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** The language of a request: asked for by `?lang=`, else kept in the cookie, else the browser's first that we speak, else Vietnamese. */
export function languageOf(event: RequestEvent): Language {
  const asked = known(event.url.searchParams.get('lang'))
  if (asked) {
    const secure = event.url.protocol === 'https:'
    event.cookies.set(COOKIE, asked, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', secure })
    return asked
  }
  return known(event.cookies.get(COOKIE)) ?? preferred(event.request.headers.get('accept-language')) ?? 'vi'
}

/**
 * Settles in which language a page speaks round what it shows: that one where we speak it, else Vietnamese, which
 * readers of Hmong, Dao or Giáy meet on every sign.
 */
export function speak(locals: App.Locals, tag: string | null): void {
  const language = known(tag) ?? 'vi'
  Object.assign(locals, { language, w: wordsIn(language) })
}

function preferred(header: string | null): Language | null {
  for (const wish of (header ?? '').split(',')) {
    const language = known(wish.trim().slice(0, 2).toLowerCase())
    if (language) return language
  }
  return null
}

function known(text: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null
}

import type { Cookies } from '@sveltejs/kit'

const NAME = 'session'

export function sessionToken(cookies: Cookies): string | null {
  return cookies.get(NAME) ?? null
}

/** Keeps the token where no script and no other site can reach it. */
export function keepToken(cookies: Cookies, url: URL, token: string, expires: Date): void {
  cookies.set(NAME, token, { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', expires })
}

export function forgetToken(cookies: Cookies): void {
  cookies.delete(NAME, { path: '/' })
}

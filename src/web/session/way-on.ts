/** Where to go after signing in: only inside this console, so that a crafted link leads nowhere else. */
export function wayOn(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) && !asked.startsWith('/sign-') ? asked : '/'
}

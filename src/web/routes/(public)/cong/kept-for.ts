/**
 * What browsers and the caches between keep of a public page: short, so that a recall is seen soon; nothing where the
 * page names who is signed in.
 */
export function keptFor({ person }: App.Locals): string {
  return person ? 'no-store' : 'public, max-age=30'
}

import { withQuery } from '#web/paths.ts'

/** A public list in a language; Vietnamese is what it is in by itself. */
export function inLanguage(pathname: string, language: string): string {
  return withQuery({ pathname, search: '' }, { in: language === 'vi' ? null : language })
}

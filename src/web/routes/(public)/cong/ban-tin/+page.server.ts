import { issuesBelow, wordsIn } from '#core/bulletin/index.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 20

export const load: PageServerLoad = async ({ locals: { ctx, language }, url }) => {
  const below = /^\d{1,9}$/.exec(url.searchParams.get('below') ?? '')?.[0] ?? null
  const found = await issuesBelow(ctx.db, below === null ? null : Number(below), PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    issues: shown.map(({ number, publishedAt, withdrawnAt, renditions }) => {
      const words = wordsIn(renditions, language)
      const title = words?.fields['title'] ?? ''
      return { number, publishedAt, withdrawn: withdrawnAt !== null, title, language: words?.language ?? 'vi' }
    }),
    first: below === null ? null : withQuery(url, { below: null }),
    next: last ? withQuery(url, { below: String(last.number) }) : null,
  }
}

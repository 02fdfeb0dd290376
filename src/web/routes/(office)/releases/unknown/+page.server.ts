import { bodiesReleasedFor, unknownOf, type UnknownKey } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { titleOf } from '../one-release.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const after = keyOf(url)
  const found = await unknownOf(ctx.db, await bodiesReleasedFor(ctx), after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const titles = new Map<string, string>()
  for (const line of shown) {
    if (!titles.has(line.messageId)) titles.set(line.messageId, await titleOf(ctx, line))
  }
  return {
    lines: shown.map((line) => ({ ...line, title: titles.get(line.messageId) ?? '' })),
    first: after ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.since.toISOString() }) : null,
  }
}

function keyOf(url: URL): UnknownKey | null {
  const id = givenId<'delivery'>(url.searchParams.get('id'))
  const since = new Date(url.searchParams.get('at') ?? '')
  return id && !Number.isNaN(since.getTime()) ? { id, since } : null
}

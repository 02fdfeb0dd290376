import { dayAt } from '#core/kernel/index.ts'
import { MEDIA_KINDS, mediaWhere, whyNotUse } from '#core/media/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 24

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const words = url.searchParams.get('q') ?? ''
  const kind = MEDIA_KINDS.find((one) => one === url.searchParams.get('kind')) ?? null
  const added = new Date(url.searchParams.get('added') ?? '')
  const id = givenId(url.searchParams.get('id'))
  const before = id && !Number.isNaN(added.getTime()) ? { id, addedAt: added } : null
  const withdrawn = url.searchParams.has('withdrawn')
  const found = await mediaWhere(ctx.db, { words, kind, withdrawn }, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const day = dayAt(ctx.clock.now())
  return {
    words,
    kind,
    withdrawn,
    narrowed: words !== '' || kind !== null,
    kinds: MEDIA_KINDS,
    media: shown.map((one) => ({
      id: one.id,
      title: one.title,
      kind: one.kind,
      alternative: one.alternative,
      state: one.withdrawnAt ? ('withdrawn' as const) : one.state,
      usable: whyNotUse(one, day) === null,
    })),
    first: before ? withQuery(url, { id: null, added: null }) : null,
    next: last ? withQuery(url, { id: last.id, added: last.addedAt.toISOString() }) : null,
  }
}

import { bodiesWithDocuments, DOCUMENT_STATES, DOCUMENT_TYPE_KEYS, documentsWhere } from '#core/document/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = (name: string) => url.searchParams.get(name) ?? ''
  const filter = {
    organisationId: givenId<'organisation'>(asked('body')),
    type: DOCUMENT_TYPE_KEYS.find((one) => one === asked('type')) ?? null,
    state: DOCUMENT_STATES.find((one) => one === asked('state')) ?? null,
    words: asked('q').slice(0, 200),
  }
  const id = givenId(asked('id'))
  const at = new Date(asked('at'))
  const before = id && !Number.isNaN(at.getTime()) ? { id, createdAt: at } : null
  const found = await documentsWhere(ctx.db, filter, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    filter,
    documents: shown,
    narrowed: Object.values(filter).some((one) => one !== null && one !== ''),
    bodies: (await bodiesWithDocuments(ctx.db)).map((body) => ({ value: body.id as string, name: body.name })),
    types: DOCUMENT_TYPE_KEYS,
    states: DOCUMENT_STATES,
    first: before ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.createdAt.toISOString() }) : null,
  }
}

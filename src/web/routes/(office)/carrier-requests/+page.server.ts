import { carrierRequests, figuresOf, sendingsOf } from '#core/carrier/index.ts'
import { messageById } from '#core/message/index.ts'
import { releaseById } from '#core/release/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 30

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, createdAt: at } : null
  const found = await carrierRequests(ctx.db, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    requests: await Promise.all(
      shown.map(async (request) => {
        const release = await releaseById(ctx.db, request.releaseId)
        const message = release && (await messageById(ctx.db, release.messageId))
        const sendings = await sendingsOf(ctx.db, request.id)
        const { id, area, fromDay, toDay, state } = request
        const title = message?.workingTitle ?? ''
        return { id, area, fromDay, toDay, state, title, carriers: sendings.length, ...figuresOf(sendings) }
      }),
    ),
    first: before ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.createdAt.toISOString() }) : null,
  }
}

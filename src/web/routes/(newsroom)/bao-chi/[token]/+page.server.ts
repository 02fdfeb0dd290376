import { surroundingsOf } from '#app/press-wire.ts'
import { linesOf, readMarkup } from '#core/channel/index.ts'
import { itemsBefore, publishingStatusOf } from '#core/press/index.ts'
import { paths, withQuery } from '#web/paths.ts'
import { SECRET_PAGE, wireAsked } from '../wire-asked.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 20

/** The wire as people read it, newest first. */
export const load: PageServerLoad = async (event) => {
  const { locals, params, setHeaders, url } = event
  setHeaders(SECRET_PAGE)
  const asked = await wireAsked(event)
  const before = /^\d{1,15}$/.test(url.searchParams.get('before') ?? '') ? Number(url.searchParams.get('before')) : null
  const from = { outletId: asked.wire.outletId, filter: asked.filter, limit: PER_PAGE + 1 }
  const found = await itemsBefore(locals.ctx.db, from, before)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const items = []
  for (const item of shown) {
    const { id, sequence, version, editorial, language, title, lead, body, contact, at } = item
    const around = await surroundingsOf(locals.ctx, item, asked)
    const status = publishingStatusOf(item)
    items.push({
      ...{ id: id as string, sequence, version, editorial, language, title, at, status },
      newest: item.newestSequence,
      lead: status === 'usable' ? lead : '',
      // What was composed without a lead begins with its first line, which need not be read twice.
      lines: status === 'usable' ? linesOf(readMarkup(body)).filter((line, at) => at > 0 || line !== lead) : [],
      contact: status === 'usable' ? contact : '',
      pictures: status === 'usable' ? around.pictures : [],
      answer: new URL(around.answerAddress).pathname,
    })
  }
  return {
    name: asked.outlet.name,
    ninjs: paths.pressNinjs(params.token),
    rss: paths.pressRss(params.token),
    items,
    first: before === null ? null : withQuery(url, { before: null }),
    next: last ? withQuery(url, { before: String(last.sequence) }) : null,
  }
}

import { readWireAsRss } from '#app/press-wire.ts'
import { SECRET_PAGE, wireAsked } from '../../wire-asked.ts'
import type { RequestHandler } from './$types.ts'

/** The wire of a newsroom as RSS 2.0, for programs that read feeds: the newest items, or those after a number. */
export const GET: RequestHandler = async (event) => {
  const asked = await wireAsked(event)
  const about = { ...asked, name: asked.outlet.name, self: event.url.href }
  const xml = await readWireAsRss(event.locals.ctx, about, asked.after)
  return new Response(xml, { headers: { ...SECRET_PAGE, 'content-type': 'application/rss+xml; charset=utf-8' } })
}

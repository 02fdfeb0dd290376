import { readWire } from '#app/press-wire.ts'
import { SECRET_PAGE, wireAsked } from '../../wire-asked.ts'
import type { RequestHandler } from './$types.ts'

/** The wire of a newsroom as ninjs: `?after=` and the `last` of the answer before; `in`, `theme`, `place` and `limit` narrow it. */
export const GET: RequestHandler = async (event) => {
  const asked = await wireAsked(event)
  const answer = await readWire(event.locals.ctx, asked, asked.after ?? 0)
  return new Response(JSON.stringify(answer), {
    headers: { ...SECRET_PAGE, 'content-type': 'application/json; charset=utf-8' },
  })
}

import { redirect } from '@sveltejs/kit'
import { Refusal } from '#core/kernel/index.ts'
import { leaveList } from '#core/subscriber/index.ts'
import { keepFault } from '#web/forms/fault.ts'
import { paths } from '#web/paths.ts'
import type { RequestHandler } from './$types.ts'

/**
 * A mail program leaves a list for its reader (RFC 8058): one POST without cookies, origin or session, done at once. What
 * proves that it may is the link; what the body says does not matter, for no other wish can be told here.
 */
export const POST: RequestHandler = async ({ locals: { ctx }, params }) => {
  try {
    await leaveList(ctx, { link: params.link, all: false })
    return new Response(null, { status: 200 })
  } catch (thrown) {
    if (thrown instanceof Refusal) return new Response(null, { status: 404 })
    keepFault(thrown)
    return new Response(null, { status: 500 })
  }
}

/** A person who follows the same address sees what they can do. */
export const GET: RequestHandler = ({ params }) => redirect(303, paths.membership(params.link))

import { takeBrought } from '#app/text-gateways.ts'
import type { RequestHandler } from './$types.ts'

/** A gateway brings up to a thousand receipts at once. */
const MOST_BYTES = 1_000_000

const take: RequestHandler = async ({ locals: { ctx }, params, request, url }) => {
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > MOST_BYTES) return new Response(null, { status: 413 })
  const brought = { query: url.searchParams, headers: request.headers, body }
  return new Response(null, { status: await takeBrought(ctx, params.code, brought) })
}

/** Some gateways post, some put all into the address. */
export const POST: RequestHandler = take
export const GET: RequestHandler = take

import { exportSubscriber } from '#core/subscriber/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

/** By POST: handing out the data of somebody is a deed, and the record says whose. */
export const POST: RequestHandler = async ({ locals: { ctx }, params }) => {
  const held = await exportSubscriber(ctx, { subscriberId: params.id })
  const answer = sendFile({
    bytes: new TextEncoder().encode(`${JSON.stringify(held, null, 2)}\n`),
    name: `nguoi-nhan-tin-${params.id}.json`,
    mime: 'application/json',
  })
  answer.headers.set('cache-control', 'no-store')
  return answer
}

import { enrolScreen } from '#core/board/index.ts'
import { boardCall, bytesOf } from '../../board-call.ts'
import type { RequestHandler } from './$types.ts'

/** A screen makes itself known by its key: `{ publicKey }`, the uncompressed point as base64url. */
export const POST: RequestHandler = (event) =>
  boardCall(event, async (given) => {
    const { publicKey } = Object(given) as { publicKey?: unknown }
    const { id, state, lastSeq, lastHash } = await enrolScreen(event.locals.ctx, {
      token: event.params.token,
      publicKey: bytesOf(publicKey),
    })
    return { id, state, lastSeq, lastHash }
  })

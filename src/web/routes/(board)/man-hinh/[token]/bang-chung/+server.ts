import { noteProofs } from '#core/board/index.ts'
import { boardCall, bytesOf } from '../../board-call.ts'
import type { RequestHandler } from './$types.ts'

/** A screen tells what it showed: `{ screenId, entries }`; answered by the number up to which its log stands here. */
export const POST: RequestHandler = (event) =>
  boardCall(event, async (given) => {
    const { screenId, entries } = Object(given) as { screenId: string; entries: unknown }
    const signed = (Array.isArray(entries) ? entries : []).map((one) => {
      const entry = Object(one) as Record<'seq' | 'showingId' | 'fromAt' | 'toAt' | 'seconds', never>
      const { seq, showingId, fromAt, toAt, seconds } = entry
      return { seq, showingId, fromAt, toAt, seconds, signature: bytesOf((entry as { signature?: unknown }).signature) }
    })
    const token = event.params.token
    return { upTo: await noteProofs(event.locals.ctx, { token, screenId, entries: signed }) }
  })

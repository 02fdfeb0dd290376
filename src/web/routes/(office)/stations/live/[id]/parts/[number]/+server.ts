import { json } from '@sveltejs/kit'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { endsBy, sayPart } from '#core/takeover/index.ts'
import { statusOf } from '#web/forms/refused.ts'
import { takeoverNamed } from '../../../one-takeover.ts'
import type { RequestHandler } from './$types.ts'

/** A piece from the microphone: samples of 16 bits, as live-speech.js brings them. Answers which comes next, and the time that is left. */
export const POST: RequestHandler = async ({ locals: { ctx, w }, params, request }) => {
  try {
    const { id } = await takeoverNamed(ctx, params.id)
    const samples = new Uint8Array(await request.arrayBuffer())
    const next = await sayPart(ctx, { takeoverId: id, number: Number(params.number), samples })
    const by = endsBy(await takeoverNamed(ctx, params.id))
    return json({ next, secondsLeft: by ? (by.getTime() - ctx.clock.now().getTime()) / 1_000 : 0 })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return json({ refused: sentenceOf(w, thrown) }, { status: statusOf(thrown) })
  }
}

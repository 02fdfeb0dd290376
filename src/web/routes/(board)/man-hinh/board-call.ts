import { json, type RequestEvent } from '@sveltejs/kit'
import { Refusal } from '#core/kernel/index.ts'
import { statusOf } from '#web/forms/refused.ts'
import { SECRET_BOARD } from './board-asked.ts'

const MOST_BYTES = 256 * 1024

/** A call of a screen's script: its JSON in, the answer or the code of a refusal out. */
export async function boardCall(event: RequestEvent, work: (given: unknown) => Promise<object>): Promise<Response> {
  try {
    const text = await event.request.text()
    if (text.length > MOST_BYTES) throw new Refusal('input.other')
    return json(await work(parsed(text)), { headers: SECRET_BOARD })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return json({ refused: thrown.code }, { status: statusOf(thrown), headers: SECRET_BOARD })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('input.other')
  }
}

/** Bytes from base64url, or as they came: what is none the action refuses. */
export function bytesOf(given: unknown): Uint8Array {
  return typeof given === 'string' ? new Uint8Array(Buffer.from(given, 'base64url')) : new Uint8Array()
}

import type { Ctx, Id } from '../core/kernel/index.ts'
import { beginListening, noteListening } from '../core/review/index.ts'

/** Lets somebody have begun to listen to a recording as long ago as it lasts, and heard it to its end. */
export async function listenTo(
  listener: Ctx,
  { messageId, sha256, seconds }: { messageId: Id<'message'>; sha256: string; seconds: number },
): Promise<void> {
  const began = new Date(listener.clock.now().getTime() - (seconds + 1) * 1_000)
  await beginListening({ ...listener, clock: { now: () => began } }, { messageId, sha256 })
  await noteListening(listener, { messageId, sha256, kind: 'played' })
}

import * as v from 'valibot'
import { action, newId, Refusal, type Id } from '../kernel/index.ts'
import { insertScreen, lockBoard, screensOf } from './board.store.ts'
import { boardOfToken } from './board-programme.ts'
import type { Screen } from './board.ts'
import { keyOfPoint } from './proof.ts'

/** Browsers that wait at one board; more is somebody's script. */
const MOST_WAITING = 5

export interface EnrolledScreen {
  readonly id: Id<'board_screen'>
  readonly state: Screen['state']
  /** How far its log has come, by which it goes on after it lost its memory but not its key. */
  readonly lastSeq: number
  readonly lastHash: string
}

/**
 * A browser makes itself known at a board by the key it made. The first is trusted, since it came by the secret address
 * first; any other waits until a person says that the screen was changed.
 */
export const enrolScreen = action('board.enrol_screen', {
  input: v.object({
    token: v.string(),
    publicKey: v.custom<Uint8Array>((key) => key instanceof Uint8Array && keyOfPoint(key) !== null),
  }),
  may: { who: 'anybody' },
  records: (_input, { id, state }: EnrolledScreen) => ({ subject: 'board_screen', subjectId: id, facts: { state } }),
  async run(ctx, { token, publicKey }): Promise<EnrolledScreen> {
    const found = await boardOfToken(ctx, token)
    if (!found) throw new Refusal('board.no_address')
    await lockBoard(ctx.db, found.outletId)
    const screens = await screensOf(ctx.db, found.outletId)
    const known = screens.find((one) => Buffer.from(one.publicKey).equals(publicKey))
    if (known) return known
    if (screens.filter(({ state }) => state === 'waiting').length >= MOST_WAITING) throw new Refusal('board.many_wait')
    const trusted = screens.some(({ state }) => state === 'trusted')
    const screen: Screen = {
      ...{ id: newId<'board_screen'>(), outletId: found.outletId, publicKey, enrolledAt: ctx.clock.now() },
      ...{ state: trusted ? 'waiting' : 'trusted', lastSeq: 0, lastHash: '' },
    }
    await insertScreen(ctx.db, screen)
    return screen
  },
})

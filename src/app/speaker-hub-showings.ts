import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Ctx } from '../core/kernel/index.ts'
import { daysHeld, type SpeakerKeys } from '../core/station/index.ts'
import { ShowingsBody } from '../platform/speakers/protocol.ts'
import type { HubBoard, HubBoards, HubShowings } from './speaker-hub-port.ts'
import { toldKey } from './speaker-hub-sign.ts'
import { isOld, type Standing, type Wanted } from './speaker-hub-wanted.ts'

const DAY_MS = 86_400_000
/** What may be shown can change without a word, as when a picture is withdrawn: it is looked at this often. */
const LOOKS_EVERY_MS = 60_000

/** Says what boards are to show where that changed, is old or is signed by another key. */
export class WantedShowings {
  readonly #ctx: Ctx
  readonly #boards: HubBoards
  readonly #lookedAt = new Map<string, { readonly facts: string; readonly atMs: number }>()

  constructor(ctx: Ctx, boards: HubBoards) {
    this.#ctx = ctx
    this.#boards = boards
  }

  /** Null where what stands is to stand on. */
  async of(board: HubBoard, held: Standing | undefined, keys: SpeakerKeys): Promise<Wanted | null> {
    const now = this.#ctx.clock.now()
    const facts = `${board.said} ${keys.signing.id} ${keys.trusted.length}`
    const old = isOld(held, now)
    const looked = this.#lookedAt.get(board.id)
    const isFresh = looked?.facts === facts && now.getTime() - looked.atMs < LOOKS_EVERY_MS
    if (!old && isFresh) return null
    const found = await this.#boards.showingsOf(this.#ctx, board.id)
    this.#lookedAt.set(board.id, { facts, atMs: now.getTime() })
    if (!found) return null
    const body = v.parse(ShowingsBody, { ...asBody(found), keys: keys.trusted.map(toldKey) })
    const said = `${keys.signing.id} ${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`
    if (held?.said === said && !old) return null
    const to = { recipient: `b/${board.code}`, kind: 'showings' as const }
    const validUntil = new Date(now.getTime() + daysHeld() * DAY_MS)
    return { ...to, said, validUntil, message: { ...to, validUntil, body } }
  }
}

function asBody({ showings, ...rest }: HubShowings) {
  const dated = showings.map(({ from, until, ...one }) => {
    return { ...one, from: from.toISOString(), until: until.toISOString() }
  })
  return { kind: 'showings', ...rest, showings: dated }
}

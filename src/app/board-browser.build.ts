import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  boardOfToken,
  boardProgramme,
  enrolScreen,
  hashOfProof,
  noteBoardHeard,
  noteProofs,
  proofText,
  type EnrolledScreen,
  type Proof,
} from '../core/board/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'

/** A browser at a board, whom nobody knows: it has a key, keeps its log, and says what it shows. */
export class BoardBrowser {
  readonly #ctx: Ctx
  readonly #key: KeyObject
  readonly publicKey: Uint8Array
  readonly token: string
  enrolled!: EnrolledScreen
  previous = ''
  seq = 0

  constructor(ctx: Ctx, token: string) {
    this.#ctx = { ...ctx, actor: { kind: 'nobody' } }
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#key = privateKey
    this.publicKey = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
    this.token = token
  }

  async enrol(): Promise<this> {
    this.enrolled = await enrolScreen(this.#ctx, { token: this.token, publicKey: this.publicKey })
    return this
  }

  async poll() {
    const board = (await boardOfToken(this.#ctx, this.token))!
    const programme = await boardProgramme(this.#ctx, board)
    await noteBoardHeard(this.#ctx, { outletId: board.outletId, held: programme.version })
    return programme
  }

  entry(showingId: string, { at = this.#ctx.clock.now(), seconds = 9.5, lasted = 10_000 } = {}) {
    const proof: Proof = {
      ...{ seq: ++this.seq, showingId: showingId as Id<'showing'>, seconds },
      ...{ fromAt: new Date(at.getTime() - lasted), toAt: at },
    }
    const text = proofText(this.enrolled.id, this.previous, proof)
    this.previous = hashOfProof(text)
    const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' })
    const { fromAt, toAt, ...rest } = proof
    return { ...rest, fromAt: fromAt.getTime(), toAt: toAt.getTime(), signature: new Uint8Array(signature) }
  }

  send(...entries: ReturnType<BoardBrowser['entry']>[]) {
    return noteProofs(this.#ctx, { token: this.token, screenId: this.enrolled.id, entries })
  }
}

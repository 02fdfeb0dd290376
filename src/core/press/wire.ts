import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Ctx, Id } from '../kernel/index.ts'

/** What stands for one newsroom, number by number (bản tin báo chí). */
export interface Wire {
  readonly outletId: Id<'outlet'>
  /** Null while it is shut: then neither its address nor an answer link of it leads anywhere. */
  readonly secretSealed: string | null
  readonly openedAt: Date | null
  /** Numbers go up by one, without a gap, in the order in which items came to stand. */
  readonly lastSequence: number
  readonly polledAt: Date | null
  /** The highest number that it asked to read on after: all up to it is there. */
  readonly fetchedTo: number
  /** Of how many items this was answered last. */
  readonly taken: number
  readonly ran: number
  readonly notRunning: number
}

const ANSWER_TAG_BYTES = 16

/** Of this one secret all addresses of a wire are made, so that a new one shuts the old ones at once. */
export function newWireSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The secret part of the address by which a newsroom reads its wire. */
export function wireTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('wire').digest('base64url')
}

/** What the database keeps of it: a copy of the database opens no wire. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** By which a newsroom answers on one item without an account: the item's id and a tag that only we can make. */
export function answerTokenOf(secret: string, itemId: Id<'press_item'>): string {
  return `${packed(itemId)}.${tagOf(secret, itemId).toString('base64url')}`
}

/** The item that an answer link names, before its tag has been looked at; null for what no link of ours looks like. */
export function itemNamedBy(token: string): Id<'press_item'> | null {
  const found = /^([\w-]{22})\.[\w-]{22}$/.exec(token)
  if (!found) return null
  const hex = Buffer.from(found[1] ?? '', 'base64url').toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as Id<'press_item'> // 16 bytes, as the pattern says
}

export function isAnswerToken(secret: string, itemId: Id<'press_item'>, token: string): boolean {
  const given = Buffer.from(token.split('.')[1] ?? '', 'base64url')
  const own = tagOf(secret, itemId)
  return given.length === own.length && timingSafeEqual(given, own)
}

export function aboutWire(outletId: Id<'outlet'>): string {
  return `press_wire:${outletId}`
}

/** The secret of a wire; null while it is shut, or where the key of the box is another. */
export async function secretOf(ctx: Ctx, wire: Pick<Wire, 'outletId' | 'secretSealed'> | null): Promise<string | null> {
  return wire?.secretSealed ? ctx.secrets.open(wire.secretSealed, aboutWire(wire.outletId)) : null
}

function packed(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

function tagOf(secret: string, itemId: string): Buffer {
  return createHmac('sha256', secret).update(`answer:${itemId}`).digest().subarray(0, ANSWER_TAG_BYTES)
}

import { timingSafeEqual } from 'node:crypto'
import type { Ctx, Id } from '../kernel/index.ts'

/** Letters of the proof at the end of a link: 132 bits of an HMAC. */
const PROOF_LETTERS = 22

/** What a link in a mail says: letters and figures for an address, with a proof that we wrote it. */
export type Link = string

/** The one link of a mail that asks for confirmation: it confirms what was asked for at that very moment. */
export function confirmLink(ctx: Ctx, subscriberId: Id<'subscriber'>, askedAt: Date): Promise<Link> {
  const moment = Buffer.alloc(8)
  moment.writeBigUInt64BE(BigInt(askedAt.getTime()))
  return proven(ctx, Buffer.concat([bytesOf(subscriberId), moment]), 'subscriber.confirm')
}

/** Null for a link that we did not write. */
export async function readConfirmLink(
  ctx: Ctx,
  link: Link,
): Promise<{ readonly subscriberId: Id<'subscriber'>; readonly askedAt: Date } | null> {
  const bytes = await readProven(ctx, link, 24, 'subscriber.confirm')
  return bytes && { subscriberId: idAt(bytes, 0), askedAt: new Date(Number(bytes.readBigUInt64BE(16))) }
}

/** The link by which one member of one list leaves it or changes their wishes; it holds as long as the list does. */
export function memberLink(ctx: Ctx, subscriberId: Id<'subscriber'>, outletId: Id<'outlet'>): Promise<Link> {
  return proven(ctx, Buffer.concat([bytesOf(subscriberId), bytesOf(outletId)]), 'subscriber.member')
}

/** Null for a link that we did not write. */
export async function readMemberLink(
  ctx: Ctx,
  link: Link,
): Promise<{ readonly subscriberId: Id<'subscriber'>; readonly outletId: Id<'outlet'> } | null> {
  const bytes = await readProven(ctx, link, 32, 'subscriber.member')
  return bytes && { subscriberId: idAt(bytes, 0), outletId: idAt(bytes, 16) }
}

async function proven(ctx: Ctx, bytes: Buffer, use: string): Promise<Link> {
  const said = bytes.toString('base64url')
  return said + (await ctx.secrets.fingerprint(said, use)).slice(0, PROOF_LETTERS)
}

async function readProven(ctx: Ctx, link: Link, length: number, use: string): Promise<Buffer | null> {
  if (link.length !== Math.ceil((length * 4) / 3) + PROOF_LETTERS || !/^[\w-]+$/.test(link)) return null
  const said = link.slice(0, -PROOF_LETTERS)
  const proof = (await ctx.secrets.fingerprint(said, use)).slice(0, PROOF_LETTERS)
  return timingSafeEqual(Buffer.from(proof), Buffer.from(link.slice(-PROOF_LETTERS)))
    ? Buffer.from(said, 'base64url')
    : null
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idAt<Kind extends string>(bytes: Buffer, at: number): Id<Kind> {
  const hex = bytes.toString('hex', at, at + 16)
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-') as Id<Kind> // the proof says that we wrote it
}

import { verify } from 'node:crypto'
import { fileMeantFor } from '../core/board/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { bytesMeantFor } from '../core/programme/index.ts'
import { planeDevice, publicKeyOf } from '../core/station/index.ts'

/** By how much what a device says of the time may differ; the answer tells one that is off what the time is. */
const APART_SECONDS = 600
const ASKS = /^Loa-Device ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(\d{1,12}):([\w-]{86})$/
const SHA256 = /^[0-9a-f]{64}$/

export type Audio =
  | { readonly bytes: number; readonly mime: string }
  /** 401: not proven to be an enrolled device now; 404: nothing that it is to play or to show. */
  | { readonly status: 401 | 404 }

/**
 * Whether a device may have a recording, or what its board shows: `authorization` is `Loa-Device <deviceId>:<unix seconds>:<signature>`, signed by
 * its key over `loa-audio-v1\0<deviceId>:<seconds>:<sha256>`. A revoked device has no key any more.
 */
export async function audioFor(ctx: Ctx, authorization: string | null, sha256: string): Promise<Audio> {
  const asked = ASKS.exec(authorization ?? '')
  if (!asked || !SHA256.test(sha256)) return { status: 401 }
  const [, deviceId = '', seconds = '', signature = ''] = asked
  const now = ctx.clock.now().getTime() / 1_000
  if (Math.abs(Number(seconds) - now) > APART_SECONDS) return { status: 401 }
  const device = await planeDevice(ctx.db, deviceId as Id<'device'>) // as the device named itself
  const key = device && publicKeyOf(device.publicKey)
  const words = Buffer.from(`loa-audio-v1\0${deviceId}:${seconds}:${sha256}`)
  if (!device || !key || !verify(null, words, key, Buffer.from(signature, 'base64url'))) return { status: 401 }
  const file = await (device.shows ? fileMeantFor : recordingMeantFor)(ctx, device.outletId, sha256)
  return file === null || !(await ctx.files.has(sha256)) ? { status: 404 } : file
}

async function recordingMeantFor(ctx: Ctx, stationId: Id<'outlet'>, sha256: string) {
  const bytes = await bytesMeantFor(ctx.db, stationId, sha256)
  return bytes === null ? null : { bytes, mime: 'audio/mpeg' }
}

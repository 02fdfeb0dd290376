import { verify } from 'node:crypto'
import { fileMeantFor } from '../core/board/index.ts'
import type { Ctx, Db, Id } from '../core/kernel/index.ts'
import { filesMeantFor, type MeantFile } from '../core/programme/index.ts'
import { enrolledDevices, publicKeyOf } from '../core/station/index.ts'
import { askedTogether } from './asked-together.ts'

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
  const device = await questionsTo(ctx.db).device(deviceId)
  const key = device && publicKeyOf(device.publicKey)
  const words = Buffer.from(`loa-audio-v1\0${deviceId}:${seconds}:${sha256}`)
  if (!device || !key || !verify(null, words, key, Buffer.from(signature, 'base64url'))) return { status: 401 }
  const file = await (device.shows ? fileMeantFor : recordingMeantFor)(ctx, device.outletId, sha256)
  return file ?? { status: 404 }
}

async function recordingMeantFor(ctx: Ctx, stationId: Id<'outlet'>, sha256: string) {
  const bytes = await questionsTo(ctx.db).bytes(`${stationId} ${sha256}`)
  return bytes === null ? null : { bytes, mime: 'audio/mpeg' }
}

const questions = new WeakMap<Db, ReturnType<typeof newQuestions>>()

/** A warning is asked for by a whole province within a second: the database is asked for many at once. */
function questionsTo(db: Db) {
  const asked = questions.get(db) ?? newQuestions(db)
  questions.set(db, asked)
  return asked
}

function newQuestions(db: Db) {
  return {
    device: askedTogether(async (ids) => {
      const devices = await enrolledDevices(db, ids as readonly Id<'device'>[]) // as they named themselves
      return new Map(devices.map((device) => [device.id as string, device]))
    }),
    /** By `<stationId> <sha256>`. */
    bytes: askedTogether(async (keys) => {
      const files = await filesMeantFor(
        db,
        keys.map((key) => {
          const [stationId, sha256] = key.split(' ')
          return { stationId, sha256 } as MeantFile // as the key was made
        }),
      )
      return new Map(files.map(({ stationId, sha256, bytes }) => [`${stationId} ${sha256}`, bytes]))
    }),
  }
}

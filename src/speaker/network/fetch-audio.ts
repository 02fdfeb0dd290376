import { sign, type KeyObject } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WantedFile } from '../agent/ports.ts'
import { bytesOf } from '../disk/audio-shelf.ts'

export interface AudioSource {
  readonly url: string
  readonly deviceId: string
  readonly privateKey: KeyObject
}

/** Over a bad line nothing comes for a while; longer than this, and it is begun anew where it stopped. */
const SILENCE_MS = 60_000

/** `Loa-Device <deviceId>:<seconds>:<signature>`: who asks for which recording, and when. */
export function audioAuthorization(source: AudioSource, sha256: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000)
  const words = Buffer.from(`loa-audio-v1\0${source.deviceId}:${seconds}:${sha256}`)
  return `Loa-Device ${source.deviceId}:${seconds}:${sign(null, words, source.privateKey).toString('base64url')}`
}

/**
 * Brings a recording into `part`, from where it stopped before. Throws when the line breaks: what has come stays, and the
 * next call goes on from there.
 */
export async function fetchAudio(
  source: AudioSource,
  { sha256, bytes }: Pick<WantedFile, 'sha256' | 'bytes'>,
  part: string,
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const before = bytesOf(part)
  if (before >= bytes) return
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new Error('silence')), SILENCE_MS)
  try {
    const answer = await fetch(`${source.url.replace(/\/$/, '')}/${sha256}`, {
      headers: {
        authorization: audioAuthorization(source, sha256, nowMs),
        ...(before > 0 ? { range: `bytes=${before}-` } : {}),
      },
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (answer.status === 401) throw new NotLetIn(Number(answer.headers.get('loa-time') ?? Number.NaN) * 1_000)
    // What came is of nothing that lies there: the next try begins anew.
    if (answer.status === 416) rmSync(part)
    if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`)
    const resumes =
      answer.status === 206 && Number(/^bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '')?.[1]) === before
    let left = bytes - (resumes ? before : 0)
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        timer.refresh()
        left -= chunk.length
        // More than was promised is not taken at all: it could fill the disk.
        done(left < 0 ? new TooLong() : null, chunk)
      },
    })
    await pipeline(
      Readable.fromWeb(answer.body as never),
      measure,
      createWriteStream(part, { flags: resumes ? 'a' : 'w' }),
    )
  } finally {
    clearTimeout(timer)
  }
}

/** The server sends more than the schedule says the recording has. */
export class TooLong extends Error {}

/** The request was not taken; `serverMs` is what the server says the time is, or not a number. It rights no clock. */
export class NotLetIn extends Error {
  readonly serverMs: number

  constructor(serverMs: number) {
    super('HTTP 401')
    this.serverMs = serverMs
  }
}

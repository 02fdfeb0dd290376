import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { mp3Seconds } from '../../platform/sounds/mp3-length.ts'
import type { Shelf, WantedFile } from '../agent/ports.ts'
import { syncFolder } from './write-whole.ts'

const NAME = /^[0-9a-f]{64}$/
/** Left to the rest of the machine. */
const LEFT_FREE_BYTES = 30_000_000
/** Frames are of 24 to 72 ms, and encoders add some before and after. */
const LENGTH_TOLERANCE_SECONDS = 1
const LENGTH_TOLERANCE = 0.05

export type BroughtRefusal = 'wrong_size' | 'wrong_hash' | 'not_mp3' | 'wrong_length'

/** Recordings, pictures and films by hash. What lies under its hash is whole; what is still coming lies beside, as `.part`. */
export class AudioShelf implements Shelf {
  readonly #folder: string
  readonly #mostBytes: number
  readonly #whole: Set<string>

  /** What somebody changed on the card since is thrown away: each is looked at again. */
  constructor(folder: string, mostBytes: number) {
    this.#folder = folder
    this.#mostBytes = mostBytes
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#whole = new Set(readdirSync(folder).filter((name) => NAME.test(name) && this.#isWhole(name)))
  }

  has(sha256: string): boolean {
    return this.#whole.has(sha256)
  }

  count(): number {
    return this.#whole.size
  }

  pathOf(sha256: string): string {
    return join(this.#folder, sha256)
  }

  partOf(sha256: string): string {
    return `${this.pathOf(sha256)}.part`
  }

  /** Takes what has come onto the shelf, if it is what it should be; else throws it away and says why. */
  take(file: Omit<WantedFile, 'class'>): BroughtRefusal | null {
    const part = this.partOf(file.sha256)
    const why = whyNot(readFileSync(part), file)
    if (why) {
      rmSync(part)
      return why
    }
    const handle = openSync(part, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    renameSync(part, this.pathOf(file.sha256))
    syncFolder(this.#folder)
    this.#whole.add(file.sha256)
    return null
  }

  /** Makes room by what is needed no longer, the oldest first; false where there is none all the same. */
  async makeRoom(bytes: number, needed: ReadonlySet<string>): Promise<boolean> {
    const idle = readdirSync(this.#folder)
      .filter((name) => !needed.has(name.replace(/\.part$/, '')))
      .map((name) => ({ name, atMs: statSync(join(this.#folder, name)).mtimeMs }))
      .sort((one, other) => one.atMs - other.atMs)
    while (!(await this.#hasRoom(bytes))) {
      const oldest = idle.shift()
      if (!oldest) return false
      rmSync(join(this.#folder, oldest.name))
      this.#whole.delete(oldest.name)
    }
    return true
  }

  async #hasRoom(bytes: number): Promise<boolean> {
    const { bavail, bsize } = await statfs(this.#folder)
    const own = readdirSync(this.#folder).reduce((sum, name) => sum + statSync(join(this.#folder, name)).size, 0)
    return own + bytes <= this.#mostBytes && bavail * bsize - bytes >= LEFT_FREE_BYTES
  }

  #isWhole(sha256: string): boolean {
    if (hashOf(readFileSync(this.pathOf(sha256))) === sha256) return true
    rmSync(this.pathOf(sha256))
    return false
  }
}

function whyNot(bytes: Uint8Array, file: Omit<WantedFile, 'class'>): BroughtRefusal | null {
  if (bytes.length !== file.bytes) return 'wrong_size'
  if (hashOf(bytes) !== file.sha256) return 'wrong_hash'
  if (file.seconds === null) return null
  const seconds = mp3Seconds(bytes)
  if (seconds === null) return 'not_mp3'
  const most = LENGTH_TOLERANCE_SECONDS + file.seconds * LENGTH_TOLERANCE
  return Math.abs(seconds - file.seconds) > most ? 'wrong_length' : null
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Bytes of a part that came before. */
export function bytesOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}

import { inflateRawSync } from 'node:zlib'
import { Refusal } from '../../core/kernel/refusal.ts'

interface Entry {
  readonly method: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

export interface Zip {
  readonly names: readonly string[]
  /** The unfolded part, or null when there is none of that name. */
  read(name: string): Buffer | null
}

const ENTRIES_AT_MOST = 10_000
// XML in Word files packs 10 to 30 times; a deflate stream can reach 1032.
const HONEST_RATIO = 200
const ALWAYS_HONEST_BYTES = 5_000_000

/**
 * Opens a ZIP file by its central directory (APPNOTE 4.3.12). Nothing is unfolded before its claimed sizes are
 * judged, and no part unfolds to more than is left of `unfoldedBytes`, whatever it claims.
 *
 * @throws Refusal `document.broken`, `document.bomb`, `document.encrypted`
 */
export function openZip(bytes: Uint8Array, unfoldedBytes: number): Zip {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(file)
  let claimed = 0
  for (const entry of entries.values()) {
    claimed += entry.size
    if (entry.size > ALWAYS_HONEST_BYTES && entry.size > entry.packed * HONEST_RATIO) throw new Refusal('document.bomb')
  }
  if (claimed > unfoldedBytes) throw new Refusal('document.bomb')
  let left = unfoldedBytes

  return {
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name)
      if (!entry) return null
      const part = unfold(file, entry, left)
      left -= part.length
      return part
    },
  }
}

function readDirectory(file: Buffer): Map<string, Entry> {
  const end = file.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > file.length) throw new Refusal('document.broken')
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count > ENTRIES_AT_MOST) throw new Refusal('document.bomb')
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw new Refusal('document.broken')
    if (file.readUInt16LE(at + 8) & 1) throw new Refusal('document.encrypted')
    const nameLength = file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    entries.set(name.replaceAll('\\', '/'), {
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

function unfold(file: Buffer, entry: Entry, limit: number): Buffer {
  const { offset, packed } = entry
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== 0x04034b50) throw new Refusal('document.broken')
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28)
  const body = file.subarray(start, start + packed)
  if (body.length < packed) throw new Refusal('document.broken')
  if (entry.method === 0) return body
  if (entry.method !== 8) throw new Refusal('document.broken')
  try {
    // The claim may lie: the cap holds for what really comes out.
    return inflateRawSync(body, { maxOutputLength: Math.max(1, Math.min(limit, entry.size + 1024)) })
  } catch (error) {
    const code = error instanceof RangeError ? 'document.bomb' : 'document.broken'
    throw new Refusal(code)
  }
}

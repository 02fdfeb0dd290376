import { createHash } from 'node:crypto'
import { strToU8, zipSync, type Zippable } from 'fflate'
import type { BridgePackage, FieldNames, PackageFormat, Unpacked } from '../../core/bridge/index.ts'
import { Refusal } from '../../core/kernel/index.ts'
import { openZip } from '../documents/index.ts'
import { printedSchedule } from './printed-schedule.ts'
import { readBridgeJson } from './read-json.ts'
import { JSON_NAME, SCHEDULE_NAME, soundPath } from './wire-names.ts'
import { writeBridgeJson } from './write-json.ts'

/** The first moment a ZIP file can name: the same package has the same bytes whenever it is packed. */
const ALWAYS = new Date(1980, 0, 1)
const MOST_JSON_BYTES = 32 * 1024 * 1024
const MOST_UNFOLDED_BYTES = 400 * 1024 * 1024
/** The ID3v2 tag, or the eleven set bits with which a frame of MPEG audio layer 3 begins (ISO/IEC 11172-3 §2.4.1.3). */
const isMp3 = (bytes: Uint8Array) =>
  (bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33) ||
  (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)

/** A package in one file: a ZIP of `goi.json`, `lich-phat.html` and `am-thanh/<sha256>.mp3`; the JSON alone is read, too. */
export const bridgeFile: PackageFormat = { pack, unpack }

function pack(given: BridgePackage, sounds: ReadonlyMap<string, Uint8Array>, names: FieldNames): Uint8Array {
  const parts: Zippable = {
    [JSON_NAME]: [strToU8(writeBridgeJson(given, names)), { mtime: ALWAYS, level: 6 }],
    [SCHEDULE_NAME]: [strToU8(printedSchedule(given)), { mtime: ALWAYS, level: 6 }],
  }
  // A recording is packed already.
  for (const [sha256, bytes] of sounds) parts[soundPath(sha256)] = [bytes, { mtime: ALWAYS, level: 0 }]
  return zipSync(parts)
}

function unpack(bytes: Uint8Array, names: FieldNames): Unpacked {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (!isZip) return { ...readBridgeJson(textOf(bytes), names), sounds: new Map() }
  const zip = openZip(bytes, MOST_UNFOLDED_BYTES)
  const name = zip.names.find((one) => one === JSON_NAME) ?? zip.names.find((one) => one.endsWith('.json'))
  const json = name === undefined ? null : zip.read(name)
  if (!json) throw new Refusal('bridge.no_package')
  const read = readBridgeJson(textOf(json), names)
  const sounds = new Map<string, Uint8Array>()
  for (const { sound } of read.content.bulletins) {
    const found = sound && !sounds.has(sound.sha256) ? zip.read(soundPath(sound.sha256)) : null
    // Whose bytes are others, or no sound at all, is as good as not there.
    if (sound && found && isMp3(found) && hashOf(found) === sound.sha256) sounds.set(sound.sha256, found)
  }
  return { ...read, sounds }
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_JSON_BYTES) throw new Refusal('bridge.too_large', { megabytes: MOST_JSON_BYTES / 1_048_576 })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('bridge.not_utf8')
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

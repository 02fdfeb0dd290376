import { OpusDecoder } from 'opus-decoder'
import { elements, type Element } from '../untag/ebml.ts'
import { gatherSound, piecesOf } from './gather-sound.ts'
import type { Wave } from './wave.ts'

/** Names of elements (RFC 9559). */
const [SEGMENT, TRACKS, TRACK, CODEC, PRIVATE] = [0x18538067, 0x1654ae6b, 0xae, 0x86, 0x63a2] as const
const [CLUSTER, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK] = [0x1f43b675, 0xa3, 0xa0, 0xa1] as const
const LACED = 0x06
/** Of 120 ms at most. */
const PACKETS_AT_ONCE = 250

/** The sound that a browser records: Opus packets in WebM; null where there is none. */
export async function readWebm(bytes: Uint8Array): Promise<Wave | null> {
  const head = headOf(bytes)
  if (!head) return null
  const packets = packetsOf(bytes)
  if (packets.length === 0) return null
  const decoder = new OpusDecoder({ channels: head.channels, preSkip: head.preSkip })
  await decoder.ready
  function* decoded() {
    for (const some of piecesOf(packets, PACKETS_AT_ONCE)) yield decoder.decodeFrames(some)
  }
  try {
    return await gatherSound(decoded())
  } finally {
    decoder.free()
  }
}

/** What stands in the codec's own head (RFC 7845 §5.1); null when the track is no Opus of one or two channels. */
function headOf(bytes: Uint8Array): { channels: number; preSkip: number } | null {
  for (const track of inSegments(bytes, TRACKS).flatMap((tracks) => [...elements(bytes, tracks.from, tracks.to)])) {
    if (track.id !== TRACK) continue
    const parts = [...elements(bytes, track.from, track.to)]
    const codec = parts.find(({ id }) => id === CODEC)
    const own = parts.find(({ id }) => id === PRIVATE)
    if (!codec || String.fromCharCode(...bytes.subarray(codec.from, codec.to)) !== 'A_OPUS') continue
    const channels = own ? (bytes[own.from + 9] ?? 1) : 1
    const preSkip = own ? (bytes[own.from + 10] ?? 0) + 256 * (bytes[own.from + 11] ?? 0) : 0
    return channels === 1 || channels === 2 ? { channels, preSkip } : null
  }
  return null
}

function packetsOf(bytes: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = []
  const take = ({ from, to }: Element) => {
    // Number of the track, two bytes of time and the flags stand before the packet.
    const at = from + ((bytes[from] ?? 0) & 0x80 ? 1 : 2) + 3
    if (((bytes[at - 1] ?? 0) & LACED) === 0 && at < to) packets.push(bytes.subarray(at, to))
  }
  const walk = (from: number, to: number) => {
    for (const part of elements(bytes, from, to)) {
      if (part.id === SIMPLE_BLOCK || part.id === BLOCK) take(part)
      // A cluster of unknown length reaches over those after it.
      else if (part.id === BLOCK_GROUP || part.id === CLUSTER) walk(part.from, part.to)
    }
  }
  for (const cluster of inSegments(bytes, CLUSTER)) walk(cluster.from, cluster.to)
  return packets
}

function inSegments(bytes: Uint8Array, id: number): Element[] {
  return [...elements(bytes, 0, bytes.length)]
    .filter((one) => one.id === SEGMENT)
    .flatMap(({ from, to }) => [...elements(bytes, from, to)])
    .filter((one) => one.id === id)
}

interface Box {
  readonly name: string
  readonly start: number
  readonly from: number
  readonly to: number
}

/** Boxes that hold boxes, on the way to what tells of the maker (ISO/IEC 14496-12). */
const HOLDING: ReadonlySet<string> = new Set(['moov', 'trak', 'moof', 'traf'])
const TELLING: ReadonlySet<string> = new Set(['udta', 'meta', 'uuid'])
const SHOWN: ReadonlySet<string> = new Set(['vide', 'soun'])

/** MP4 and M4A without user data, and without tracks that are neither seen nor heard: phones write the way they went there. */
export function untagMp4(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes)
  untagWithin(out, bytes, 0, bytes.length)
  return out
}

/** What is taken out becomes free space of the same length: the sound and the film stay where the file says they are. */
function untagWithin(out: Uint8Array, bytes: Uint8Array, from: number, to: number): void {
  for (const box of boxes(bytes, from, to)) {
    if (TELLING.has(box.name)) freeUp(out, box)
    else if (box.name === 'trak' && !isShown(bytes, box)) {
      for (const [at, end] of samplesOf(bytes, box)) out.fill(0, at, end)
      freeUp(out, box)
    } else if (HOLDING.has(box.name)) untagWithin(out, bytes, box.from, box.to)
  }
}

function freeUp(out: Uint8Array, { start, from, to }: Box): void {
  out.set([0x66, 0x72, 0x65, 0x65], start + 4)
  out.fill(0, from, to)
}

function isShown(bytes: Uint8Array, track: Box): boolean {
  const handler = within(bytes, track, ['mdia', 'hdlr'])
  return handler !== null && SHOWN.has(textAt(bytes, handler.from + 8))
}

/** Where the samples of a track lie in the file, chunk by chunk. */
function samplesOf(bytes: Uint8Array, track: Box): (readonly [from: number, to: number])[] {
  const table = within(bytes, track, ['mdia', 'minf', 'stbl'])
  if (!table) return []
  const parts = new Map([...boxes(bytes, table.from, table.to)].map((box) => [box.name, box]))
  const [sizes, runs] = [parts.get('stsz'), parts.get('stsc')]
  const offsets = parts.get('stco') ?? parts.get('co64')
  if (!sizes || !runs || !offsets) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = offsets.name === 'co64'
  const found: (readonly [number, number])[] = []
  let sample = 0
  let run = 0
  for (let chunk = 0; chunk < entries(view, offsets, 4, wide ? 8 : 4); chunk += 1) {
    const at = offsets.from + 8 + chunk * (wide ? 8 : 4)
    const from = wide ? Number(view.getBigUint64(at)) : view.getUint32(at)
    const lastRun = entries(view, runs, 4, 12) - 1
    while (run < lastRun && view.getUint32(runs.from + 8 + (run + 1) * 12) <= chunk + 1) run += 1
    let to = from
    for (
      let more = lastRun < 0 ? 0 : view.getUint32(runs.from + 8 + run * 12 + 4);
      more > 0 && to < bytes.length;
      more -= 1
    ) {
      to += sizeOf(view, sizes, sample)
      sample += 1
      if (sample > bytes.length) return found
    }
    found.push([Math.min(from, bytes.length), Math.min(to, bytes.length)])
  }
  return found
}

function sizeOf(view: DataView, sizes: Box, sample: number): number {
  const same = view.getUint32(sizes.from + 4)
  if (same !== 0) return same
  const at = sizes.from + 12 + sample * 4
  return at + 4 <= sizes.to ? view.getUint32(at) : 0
}

/** How many rows a table says it has, and never more than it has room for. */
function entries(view: DataView, { from, to }: Box, countAt: number, bytesEach: number): number {
  return from + 8 > to ? 0 : Math.min(view.getUint32(from + countAt), Math.floor((to - from - 8) / bytesEach))
}

function within(bytes: Uint8Array, box: Box, path: readonly string[]): Box | null {
  let here: Box | null = box
  for (const name of path) {
    here = here && ([...boxes(bytes, here.from, here.to)].find((one) => one.name === name) ?? null)
  }
  return here
}

function* boxes(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = from; at + 8 <= to;) {
    const short = view.getUint32(at)
    const wide = short === 1 && at + 16 <= to
    const size = wide ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short
    const content = at + (wide ? 16 : 8)
    const end = Math.min(to, at + size)
    if (end < content) return
    yield { name: textAt(bytes, at + 4), start: at, from: content, to: end }
    at = end
  }
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

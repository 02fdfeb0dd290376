const HEADER_BYTES = 512
/** Of versions 3 and 4 (MS-CFB 2.2). */
const SECTOR_SHIFTS = [9, 12]
const MINI_SECTOR_SHIFT = 6
const LISTED_IN_HEADER = 109
const WORD = 4

/**
 * Whether a compound file (MS-CFB) can be read to an end: its tables of sectors are no larger than the file, and no chain of
 * sectors leads round to where it has been. What reads such files would follow that for ever.
 */
export function isSound(file: Buffer): boolean {
  if (file.length < HEADER_BYTES) return false
  const shift = file.readUInt16LE(30)
  if (!SECTOR_SHIFTS.includes(shift) || file.readUInt16LE(32) !== MINI_SECTOR_SHIFT) return false
  const sectorBytes = 2 ** shift
  const most = file.length / sectorBytes
  // Sectors of the table itself, of its list of sectors, and of the table of small sectors.
  if ([44, 72, 64].some((at) => file.readUInt32LE(at) > most)) return false
  const table = entries(file, tableSectors(file, sectorBytes), sectorBytes)
  if (leadsRound(table)) return false
  return !leadsRound(entries(file, chain(table, file.readInt32LE(60)), sectorBytes))
}

/** Where the sectors of the table lie: the first in the header, the others in a list of their own (MS-CFB 2.5). */
function tableSectors(file: Buffer, sectorBytes: number): number[] {
  const many = file.readUInt32LE(44)
  const sectors = words(file, 76, Math.min(many, LISTED_IN_HEADER))
  let list = file.readInt32LE(68)
  for (let left = file.readUInt32LE(72); left > 0 && list >= 0; left -= 1) {
    const listed = words(file, (list + 1) * sectorBytes, sectorBytes / WORD)
    list = listed.pop() ?? -1
    sectors.push(...listed)
  }
  return sectors.slice(0, many)
}

function entries(file: Buffer, sectors: readonly number[], sectorBytes: number): number[] {
  return sectors.flatMap((sector) => words(file, (sector + 1) * sectorBytes, sectorBytes / WORD))
}

/** What the file no longer has counts as zero, as for what reads it. */
function words(file: Buffer, from: number, many: number): number[] {
  return Array.from({ length: many }, (_, at) => {
    const start = from + at * WORD
    return start >= 0 && start + WORD <= file.length ? file.readInt32LE(start) : 0
  })
}

/** Sectors one after the other, of a table that leads nowhere round. */
function chain(table: readonly number[], first: number): number[] {
  const sectors: number[] = []
  for (let at: number | undefined = first; at !== undefined && at >= 0 && table[at] !== at; at = table[at])
    sectors.push(at)
  return sectors
}

/** A sector that names itself is an end: so sloppy writers end a chain, and what reads it stops there. */
function leadsRound(table: readonly number[]): boolean {
  const walkOf = new Int32Array(table.length)
  for (let first = 0; first < table.length; first += 1) {
    let at = first
    while (at >= 0 && at < table.length && walkOf[at] === 0) {
      walkOf[at] = first + 1
      const next = table[at] ?? -1
      if (next === at) break
      at = next
      if (at >= 0 && walkOf[at] === first + 1) return true
    }
  }
  return false
}

import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'

/** The first moment a ZIP file can name (APPNOTE 6.3.10 §4.4.6), by the clock of whatever place this runs in. */
const ALWAYS = new Date(1980, 0, 1)

/**
 * The same package with nothing in it of the moment it was packed: the day of the document in its properties, one date on
 * all parts, and the parts in one order.
 */
export function packedAlike(docx: Uint8Array, madeOn: string): Uint8Array {
  const parts = unzipSync(docx)
  const whole: Zippable = {}
  // The list of types goes first, as readers of a stream expect (ECMA-376 part 2, §7.2.3).
  const names = Object.keys(parts).sort((one, other) => orderOf(one).localeCompare(orderOf(other), 'en'))
  for (const name of names) {
    const bytes = parts[name] ?? new Uint8Array()
    whole[name] = [name === 'docProps/core.xml' ? dated(bytes, madeOn) : bytes, { mtime: ALWAYS, level: 6 }]
  }
  return zipSync(whole)
}

function orderOf(name: string): string {
  return name === '[Content_Types].xml' ? '' : name
}

function dated(core: Uint8Array, madeOn: string): Uint8Array {
  const moment = `${madeOn}T00:00:00Z`
  return strToU8(strFromU8(core).replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${moment}`))
}

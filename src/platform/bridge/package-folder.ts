import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { Refusal } from '../../core/kernel/index.ts'
import { writeWhole } from './write-whole.ts'

/** What a folder may hold in all before it is read: as much as a package may unfold to. */
const MOST_BYTES = 400 * 1024 * 1024

/** The first moment a ZIP file can name: the same folder is the same file whenever it is read. */
const ALWAYS = new Date(1980, 0, 1)

/** Lays the parts of a package into a folder, each whole, for programs that look there. Answers how many files it wrote. */
export async function writeFolder(folder: string, file: Uint8Array): Promise<number> {
  const parts = Object.entries(unzipSync(file))
  // The list comes last: who finds it finds all that it names.
  const ordered = parts.toSorted(([one], [other]) => Number(one.endsWith('.json')) - Number(other.endsWith('.json')))
  for (const [name, bytes] of ordered) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeWhole(join(folder, name), bytes)
  }
  return parts.length
}

/** A folder as the one file it would be; a file as it is. @throws Refusal `bridge.no_package`, `bridge.too_large` */
export async function readFolderOrFile(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new Refusal('bridge.no_package')
  if (!found.isDirectory()) return readFile(path)
  const parts: Zippable = {}
  let left = MOST_BYTES
  for (const name of (await readdir(path, { recursive: true })).sort()) {
    if (!/\.(json|mp3)$/.test(name)) continue
    const bytes = await readFile(join(path, name))
    left -= bytes.length
    if (left < 0) throw new Refusal('bridge.too_large', { megabytes: MOST_BYTES / 1_048_576 })
    parts[name.replaceAll('\\', '/')] = [bytes, { level: 0, mtime: ALWAYS }]
  }
  return zipSync(parts)
}

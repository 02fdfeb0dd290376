import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { Refusal } from '../../core/kernel/index.ts'

/** What a folder may hold in all before it is read: as much as a package may unfold to. */
const MOST_BYTES = 400 * 1024 * 1024

/** Lays the parts of a package into a folder, for programs that look there. Answers how many files it wrote. */
export async function writeFolder(folder: string, file: Uint8Array): Promise<number> {
  const parts = Object.entries(unzipSync(file))
  // The list comes last: who finds it finds all that it names.
  const ordered = parts.toSorted(([one], [other]) => Number(one.endsWith('.json')) - Number(other.endsWith('.json')))
  for (const [name, bytes] of ordered) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
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
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(json|mp3)$/.test(entry.name)) continue
    const full = join(entry.parentPath, entry.name)
    const bytes = await readFile(full)
    left -= bytes.length
    if (left < 0) throw new Refusal('bridge.too_large', { megabytes: MOST_BYTES / 1_048_576 })
    parts[full.slice(path.length).replaceAll('\\', '/').replace(/^\/+/, '')] = [bytes, { level: 0 }]
  }
  return zipSync(parts)
}

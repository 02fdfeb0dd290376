import { rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes a file that whoever looks finds whole or not at all. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.part`)
  await writeFile(unfinished, bytes, { flush: true })
  await rename(unfinished, path)
}

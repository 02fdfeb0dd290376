import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'

const Table = v.object({
  schema: v.string(),
  name: v.string(),
  columns: v.array(v.string()),
  rows: v.number(),
  file: v.string(),
  sha256: v.string(),
})
const Manifest = v.object({
  format: v.literal(1),
  takenAt: v.string(),
  serverVersion: v.string(),
  /** Name of the newest migration: a restore needs a Loa that knows it. */
  migrationHead: v.string(),
  tables: v.array(Table),
  sequences: v.array(v.object({ name: v.string(), value: v.string() })),
  /** SHA-256 of every file kept by content hash. */
  files: v.array(v.string()),
  /** SHA-256 of the key that opens the sealed secrets; null where none was needed yet. */
  keySha256: v.nullable(v.string()),
})
export type Manifest = v.InferOutput<typeof Manifest>
export type ManifestTable = v.InferOutput<typeof Table>

/** Written last, flushed and renamed: a folder with a manifest holds a whole backup. */
export async function writeManifest(folder: string, manifest: Manifest | object): Promise<void> {
  const draft = join(folder, 'manifest.json.part')
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, join(folder, 'manifest.json'))
}

/** The manifest of a backup; null where there is none that we understand. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return v.parse(Manifest, JSON.parse(text))
  } catch {
    return null
  }
}

/** SHA-256 of a file in hex. @throws Error ENOENT where it is missing. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStore } from '../../core/kernel/index.ts'

/**
 * Files by content hash under one folder: `ab/cdef…`. A file is written beside its place, flushed, and then renamed,
 * so that a name never stands for half a file.
 */
export function openFileStore(folder: string): FileStore {
  function pathOf(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('a file is named by its SHA-256 in hex')
    return join(folder, sha256.slice(0, 2), sha256.slice(2))
  }
  async function has(sha256: string): Promise<boolean> {
    return access(pathOf(sha256)).then(
      () => true,
      () => false,
    )
  }
  return {
    has,
    size: (sha256) =>
      stat(pathOf(sha256)).then(
        ({ size }) => size,
        () => null,
      ),
    get: (sha256) => readFile(pathOf(sha256)),
    stream(sha256, from, to) {
      const file = createReadStream(pathOf(sha256), { start: from, end: to })
      return Readable.toWeb(file) as ReadableStream<Uint8Array> // a file gives bytes
    },
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (await has(sha256)) return sha256
      const path = pathOf(sha256)
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true })
      await writeWhole(path, bytes)
      return sha256
    },
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.part`
  try {
    const file = await open(draft, 'wx', 0o640)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (cause) {
    await rm(draft, { force: true })
    throw cause
  }
}

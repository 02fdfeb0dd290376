import type { FileStore } from '../../core/kernel/index.ts'

export interface HeldFiles {
  /** The whole of a file; null where there is none. Those who ask at the same time share what is read once. */
  bytes(sha256: string): Promise<Uint8Array | null>
}

/** Keeps in memory what was read last, up to so many bytes: a file is named by its hash, so that it never is another. */
export function heldFiles(files: Pick<FileStore, 'get' | 'has'>, mostBytes: number): HeldFiles {
  const held = new Map<string, Promise<Uint8Array | null>>()
  const sizes = new Map<string, number>()

  async function read(sha256: string): Promise<Uint8Array | null> {
    const bytes = (await files.has(sha256)) ? await files.get(sha256) : null
    if (bytes) {
      sizes.set(sha256, bytes.length)
      forget()
    } else held.delete(sha256)
    return bytes
  }

  /** The least lately asked for goes first; the newest stays, however long it is. */
  function forget(): void {
    let sum = [...sizes.values()].reduce((all, size) => all + size, 0)
    for (const sha256 of [...held.keys()].slice(0, -1)) {
      if (sum <= mostBytes) return
      sum -= sizes.get(sha256) ?? 0
      sizes.delete(sha256)
      held.delete(sha256)
    }
  }

  return {
    bytes(sha256) {
      const found = held.get(sha256) ?? read(sha256)
      held.delete(sha256)
      held.set(sha256, found)
      found.catch(() => held.delete(sha256))
      return found
    },
  }
}

import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { Refusal } from '../core/kernel/refusal.ts'

export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file that was named on the command line. @throws Refusal `file.not_readable` */
export async function readGivenFile(path: string, calledFrom: string): Promise<GivenFile> {
  const full = resolve(calledFrom, path)
  try {
    return { name: basename(full), bytes: await readFile(full) }
  } catch {
    throw new Refusal('file.not_readable', { file: full })
  }
}

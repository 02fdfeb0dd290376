import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder, writeAll, writeWhole } from './write-whole.ts'

/** A file to which lines are added, each on the disk when the call comes back. */
export class LineFile {
  readonly #file: string
  #handle: number

  constructor(file: string) {
    this.#file = file
    const isNew = !existsSync(file)
    if (!isNew) cutTornLine(file)
    this.#handle = openSync(file, 'a', 0o600)
    if (isNew) syncFolder(dirname(file))
  }

  lines(): readonly string[] {
    return readFileSync(this.#file, 'utf8').split('\n').slice(0, -1)
  }

  /** Throws where the disk takes no more; then nothing of the line is left. */
  add(line: string): void {
    const { size } = fstatSync(this.#handle)
    try {
      writeAll(this.#handle, Buffer.from(`${line}\n`))
      fsyncSync(this.#handle)
    } catch (error) {
      ftruncateSync(this.#handle, size)
      throw error
    }
  }

  replace(lines: readonly string[]): void {
    writeWhole(this.#file, lines.map((line) => `${line}\n`).join(''))
    closeSync(this.#handle)
    this.#handle = openSync(this.#file, 'a', 0o600)
  }

  clear(): void {
    ftruncateSync(this.#handle, 0)
    fsyncSync(this.#handle)
  }

  close(): void {
    closeSync(this.#handle)
  }
}

/** What was being written when the power went was said to nobody: a last line without its end, or one that is no JSON. */
function cutTornLine(file: string): void {
  const bytes = readFileSync(file)
  let end = bytes.lastIndexOf(0x0a) + 1
  if (end > 0) {
    const begin = bytes.lastIndexOf(0x0a, end - 2) + 1
    if (!isJson(bytes.toString('utf8', begin, end))) end = begin
  }
  if (end === bytes.length) return
  const handle = openSync(file, 'r+')
  try {
    ftruncateSync(handle, end)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

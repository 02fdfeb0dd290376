import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Disk, Piece } from '../agent/ports.ts'
import { LineFile } from './line-file.ts'
import { writeAll, writeWhole } from './write-whole.ts'

/** Held back, so that the log goes on where something else has filled the disk. */
const RESERVE_BYTES = 1_000_000

/** The folder of the device. Its files are for its owner alone. */
export function openDisk(folder: string): Disk & { close(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const log = new LineFile(join(folder, 'log.jsonl'))
  const begun = new LineFile(join(folder, 'begun.jsonl'))
  const reserve = join(folder, 'reserve')
  const file = (piece: Piece) => join(folder, `${piece}.json`)
  const withReserve = (write: () => void) => {
    try {
      write()
    } catch (error) {
      if (!existsSync(reserve)) throw error
      rmSync(reserve)
      write()
    }
  }
  holdBack(reserve)
  return {
    log: () => log.lines(),
    append: (line) => withReserve(() => log.add(line)),
    replaceLog: (lines) => log.replace(lines),
    begun: () => begun.lines(),
    begin: (line) => withReserve(() => begun.add(line)),
    clearBegun: () => begun.clear(),
    read: (piece) => (existsSync(file(piece)) ? readFileSync(file(piece), 'utf8') : null),
    keep: (piece, text) => withReserve(() => writeWhole(file(piece), text)),
    close() {
      log.close()
      begun.close()
    },
  }
}

function holdBack(reserve: string): void {
  if (existsSync(reserve)) return
  try {
    const handle = openSync(reserve, 'w', 0o600)
    try {
      writeAll(handle, Buffer.alloc(RESERVE_BYTES))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {
    rmSync(reserve, { force: true }) // full already: there is nothing to hold back
  }
}

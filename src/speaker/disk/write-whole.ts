import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Puts a file in the place of the one before: whoever reads finds the old or the new one whole, whenever the power goes. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  const beside = `${file}.new`
  const handle = openSync(beside, 'w', mode)
  try {
    writeAll(handle, Buffer.from(text))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(beside, file)
  syncFolder(dirname(file))
}

export function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
}

/** A new name has reached the disk only with its folder. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // it cannot be opened there, and need not be
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

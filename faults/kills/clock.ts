import { readFileSync } from 'node:fs'
import type { Clock } from '../../src/core/kernel/index.ts'

const LOOKS_EVERY_MS = 100

/** The clock of a machine that is as wrong as a file says, in milliseconds; it jumps when the file changes. */
export function wrongClock(file: string): Clock {
  let offsetMs = 0
  let lookedAt = 0
  return {
    now() {
      const now = performance.now()
      if (now - lookedAt > LOOKS_EVERY_MS) {
        lookedAt = now
        offsetMs = readOffset(file) ?? offsetMs
      }
      return new Date(Date.now() + offsetMs)
    },
  }
}

/** Null when the file is being written this moment. */
function readOffset(file: string): number | null {
  const text = readFileSync(file, 'utf8').trim()
  return /^-?\d+$/.test(text) ? Number(text) : null
}

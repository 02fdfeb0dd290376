import { accessSync, constants, statSync } from 'node:fs'
import type { Frame, Panel } from '../agent/ports.ts'
import { intoFile, intoProgram } from './writes.ts'

/** Where a panel may be: a program that is started, or a device file as `/dev/ttyUSB0`. */
export interface PanelWish {
  readonly target: string
  /** For whoever reads the terminal. */
  readonly trouble: (words: string) => void
}

/** Nothing is seen; it takes as long as if it were. */
export function headless(): Panel {
  return { show: () => true, works: () => true }
}

/** Writes one line of words for each step, an empty one for a dark panel: for light-emitting letters. */
export function linesTo(wish: PanelWish): Panel {
  // What a serial panel takes for an order is no letter.
  return over(wish, ({ lines }) => `${lines.join(' ').replace(/\p{Cc}/gu, ' ')}\n`)
}

/**
 * Writes each step as one line of JSON, with where its picture or film lies: for whatever draws on a screen of this machine.
 * `{"showingId", "class", "language", "lines", "file": {"path", "mime", "alternative"} | null}`
 */
export function framesTo(wish: PanelWish, pathOf: (sha256: string) => string): Panel {
  return over(wish, ({ file, ...frame }) => {
    const lies = file && { path: pathOf(file.sha256), mime: file.mime, alternative: file.alternative }
    return `${JSON.stringify({ ...frame, file: lies })}\n`
  })
}

function over({ target, trouble }: PanelWish, said: (frame: Frame) => string): Panel {
  const wire = isProgram(target) ? intoProgram(target, trouble) : intoFile(target, trouble)
  return { show: (frame) => wire.write(said(frame)), works: () => wire.works() }
}

function isProgram(target: string): boolean {
  try {
    accessSync(target, constants.X_OK)
    return statSync(target).isFile()
  } catch {
    return false
  }
}

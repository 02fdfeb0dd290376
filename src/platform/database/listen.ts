import { setTimeout as wait } from 'node:timers/promises'
import { openLine, type Line } from './open-line.ts'

/** How often it is looked whether the line still stands, and how long is waited before another is opened. */
const LOOK_EVERY_MS = 1_000
const PATIENCE_MS = 5_000

/**
 * Listens to the notices of a database under one name until it is stopped; a line that breaks is opened anew, and
 * `heard` is called once more then, as something may have been missed. Answers how to stop.
 */
export async function listen(url: string, name: string, heard: () => void): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  let line: Line | null = null
  const open = async () => {
    line = await openLine({ url, channel: name, onNotice: heard, patienceMs: PATIENCE_MS }).catch(() => null)
    if (line) heard()
  }
  async function keepOpen(): Promise<void> {
    while (!stopping.signal.aborted) {
      await wait(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      if (line?.isLost() !== false) await open()
    }
  }
  await open()
  const keeping = keepOpen()
  return async () => {
    stopping.abort()
    await keeping
    await line?.close()
  }
}

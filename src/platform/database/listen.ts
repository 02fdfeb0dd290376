import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

const AGAIN_AFTER_MS = 1_000

/**
 * Listens to the notices of a database under one name, on a connection of its own that is made again when it breaks;
 * `heard` is called once more then, as something may have been missed. Answers how to stop.
 */
export async function listen(url: string, name: string, heard: () => void): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  let client: pg.Client | null = null

  async function connect(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = new pg.Client({ connectionString: url, keepAlive: true })
      next.on('notification', heard)
      next.on('error', () => {})
      next.on('end', () => {
        if (!stopping.signal.aborted) void connect()
      })
      try {
        await next.connect()
        await next.query(`listen ${pg.escapeIdentifier(name)}`)
        client = next
        heard()
        return
      } catch {
        next.removeAllListeners('end')
        await next.end().catch(() => {})
        await wait(AGAIN_AFTER_MS, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }

  await connect()
  return async () => {
    stopping.abort()
    await client?.end().catch(() => {})
  }
}

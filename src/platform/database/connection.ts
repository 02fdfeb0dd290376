import { once } from 'node:events'
import { createServer } from 'node:net'
import pg from 'pg'

/** Whether the server at `url` lets us in within the time; asks again until it does, or until `giveUp`. */
export async function answers(url: string, withinMs: number, giveUp = async () => false): Promise<boolean> {
  const until = Date.now() + withinMs
  while (Date.now() < until && !(await giveUp())) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      if ((error as { code?: string }).code === WRONG_PASSWORD) return false
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return false
}

/** SQLSTATE 28P01: another database than ours took the port. */
const WRONG_PASSWORD = '28P01'

/** A port that nobody listens on: `wanted` itself when it is free, else the next one that is; any for 0. */
export async function freePort(wanted = 0, host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(wanted, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if (wanted !== 0 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return freePort(wanted + 1, host)
    throw error
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1')
  return address.port
}

import { freePort } from '../src/platform/database/index.ts'

/** Below the ports that a system gives out by itself (from 32768 on): what other stories start takes none of these. */
const FROM = 20_000
const EACH = 100

let next = FROM + EACH * Number(process.env['VITEST_POOL_ID'] ?? 0)

/** A free port of this worker's own, which nobody takes between the asking and the listening; another each time. */
export async function ownPort(): Promise<number> {
  const port = await freePort(next)
  next = port + 1
  return port
}

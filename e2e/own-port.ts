import { freePort } from '../src/platform/database/index.ts'

/** Below the ports that a system gives out by itself (from 32768 on): what other stories start takes none of these. */
const FROM = 20_000
const EACH = 100

/** A free port of this worker's own, which nobody takes between the asking and the listening. */
export function ownPort(): Promise<number> {
  return freePort(FROM + EACH * Number(process.env['VITEST_POOL_ID'] ?? 0))
}

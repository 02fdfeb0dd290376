import { DONE } from './command.ts'
import { whenOrphaned } from './when-orphaned.ts'

/** Runs a device until it is told to stop or is revoked; then this process ends. */
export async function runDevice(
  underNpm: boolean,
  start: (onRevoked: () => void) => { close(): Promise<void> },
  started: () => void,
): Promise<never> {
  const { promise, resolve: ends } = Promise.withResolvers<number>()
  // A device that was revoked before says so while it is being started.
  const device = start(() => setImmediate(() => void close()))
  const close = () => device.close().then(() => ends(DONE))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void close())
  if (underNpm) await whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
  started()
  const code = await promise
  process.exit(code)
}

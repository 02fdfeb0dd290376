import { DONE } from './command.ts'
import { whenOrphaned } from './when-orphaned.ts'

/**
 * Puts this program anew, as it now lies on the disk, in the place of this process. Its number stays, so that whoever
 * looks after it (systemd, npm, a shell) sees no end, and a machine without such a one needs none. Comes back where the
 * system knows no such thing (Windows).
 */
function beginAnew(): void {
  const { execPath, execArgv, argv, env } = process
  process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], env)
}

/** Runs a device until it is told to stop or is revoked; then this process ends. */
export async function runDevice(
  underNpm: boolean,
  start: (onRevoked: () => void, anew: () => void) => { close(): Promise<void> },
  started: () => void,
): Promise<never> {
  const { promise, resolve: ends } = Promise.withResolvers<number>()
  // A device that was revoked before says so while it is being started.
  const device = start(() => setImmediate(() => void close()), beginAnew)
  const close = () => device.close().then(() => ends(DONE))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void close())
  if (underNpm) await whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
  started()
  const code = await promise
  process.exit(code)
}

import type { RunningLoa } from './start-loa.ts'

/** Stops cleanly when told to, when the program that started us is gone, and when the database is lost. */
export function keepRunning(running: RunningLoa, onStop: () => void): void {
  let stopping = false
  const stop = (exitCode: number) => {
    if (stopping) return
    stopping = true
    onStop()
    // Linux ends the database with us, so a stop that hangs may be cut short.
    setTimeout(() => process.exit(exitCode), 15_000).unref()
    running.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  process.on('disconnect', () => stop(0))
  running.lostDatabase.then(() => {
    if (!stopping) console.error('PostgreSQL has ended by itself; see the disk and the memory, then start Loa again')
    stop(1)
  })
}

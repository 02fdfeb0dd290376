/** What runs until it is told to stop. */
export interface Running {
  /** Comes when the database ended by itself: then nothing works any more. */
  readonly lostDatabase: Promise<void>
  stop(): Promise<void>
}

/**
 * Stops cleanly when told to, when the program that started us is gone, and when the database is lost; a stop that hangs
 * is cut short after `stopsWithinMs`.
 */
export function keepRunning(running: Running, onStop: () => void, stopsWithinMs = 15_000): void {
  let stopping = false
  const stop = (exitCode: number) => {
    if (stopping) return
    stopping = true
    onStop()
    // Linux ends the database with us, and what was in hand returns by its lease.
    setTimeout(() => process.exit(exitCode), stopsWithinMs).unref()
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

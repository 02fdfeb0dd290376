import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Reading } from './rules/righted-clock.ts'

/** What the device lives by. */
export interface SpeakerClock {
  read(): Reading
  /** Calls once after so many ms; answers how to call it off. */
  after(ms: number, call: () => void): () => void
}

const BOOT_ID = '/proc/sys/kernel/random/boot_id'
/** A clock with a battery, or one that a time server has set since the start of the machine. */
const KEEPERS = ['/sys/class/rtc/rtc0', '/run/systemd/timesync/synchronized']

/** The clocks of this machine. */
export function machineClock(): SpeakerClock {
  const onLinux = existsSync(BOOT_ID)
  // Elsewhere each start of the program counts as one of the machine: then its time is asked for anew.
  const bootId = onLinux ? readFileSync(BOOT_ID, 'utf8').trim() : randomUUID()
  return {
    read: () => ({
      wallMs: Date.now(),
      monoMs: Number(process.hrtime.bigint() / 1_000n) / 1_000,
      bootId,
      keepsTime: !onLinux || KEEPERS.some((file) => existsSync(file)),
    }),
    after,
  }
}

/** A clock that shows what another shows, as that of a demonstration; it goes on by itself as fast as any. */
export function clockLike(now: () => Date): SpeakerClock {
  const bootId = randomUUID()
  return {
    read: () => ({ wallMs: now().getTime(), monoMs: performance.now(), bootId, keepsTime: true }),
    after,
  }
}

function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms)
  return () => clearTimeout(timer)
}

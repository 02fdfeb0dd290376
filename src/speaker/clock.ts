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
/** Linux: Documentation/ABI/testing/sysfs-class-rtc, whole seconds. */
const RTC = '/sys/class/rtc/rtc0/since_epoch'

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
      get rtcMs() {
        if (!onLinux) return Date.now()
        return existsSync(RTC) ? Number(readFileSync(RTC, 'utf8')) * 1_000 : null
      },
    }),
    after,
  }
}

/** A clock that shows what another shows, as that of a demonstration; it goes on by itself as fast as any. */
export function clockLike(now: () => Date): SpeakerClock {
  const bootId = randomUUID()
  return {
    read: () => ({ wallMs: now().getTime(), monoMs: performance.now(), bootId, rtcMs: now().getTime() }),
    after,
  }
}

function after(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms)
  return () => clearTimeout(timer)
}

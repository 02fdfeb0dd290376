/**
 * A device in a process of its own for tests: all that `loa speaker run` runs, but its clocks stand still and go on as whoever
 * started it says. The command has no such way in: who can set the clock of a device decides when it plays.
 */
import { parseArgs } from 'node:util'
import type { SpeakerClock } from './clock.ts'
import { readEnrolment } from './disk/identity.ts'
import { runSpeaker } from './run-speaker.ts'
import { soundNamed } from './sounds/sounds.ts'
import { VirtualTime } from './virtual-time.build.ts'

/** What is asked of it, and answered by `{}` when it is done. */
export type Asked =
  /** Lets time go on until then, in ms since 1970; what is due meanwhile is done at its moment. */
  | { readonly until: number }
  /** Somebody sets its wall clock: so much before the true time from now on. */
  | { readonly wallOffMs: number }
  | { readonly end: true }

const { values } = parseArgs({
  options: { data: { type: 'string' }, sound: { type: 'string' }, at: { type: 'string' }, off: { type: 'string' } },
})
const { data: folder = '', sound: name = 'none', at = '0', off = '0' } = values
const time = new VirtualTime(Number(at))
let wallOffMs = Number(off)
// Each start of the process is one of the machine, and it has no clock that goes on without power.
const clock: SpeakerClock = {
  read: () => ({
    wallMs: time.nowMs + wallOffMs,
    monoMs: time.nowMs - Number(at),
    bootId: String(process.pid),
    rtcMs: null,
  }),
  after: (ms, call) => time.after(ms, call),
}
const enrolment = readEnrolment(folder)
if (!enrolment) throw new Error(`no device has enrolled in ${folder}`)
const speaker = runSpeaker({
  folder,
  enrolment,
  clock,
  sound: (pathOf) => soundNamed(name, clock, pathOf) ?? never(name),
  say: (words) => console.error(words),
})

process.on('message', (asked: Asked) => {
  if ('until' in asked) time.runUntil(asked.until)
  else if ('wallOffMs' in asked) wallOffMs = asked.wallOffMs
  else void speaker.close().then(() => process.exit(0))
  process.send?.({})
})
process.once('disconnect', () => process.exit(1))
process.send?.({})

function never(sound: string): never {
  throw new Error(`there is no sound ${sound}`)
}

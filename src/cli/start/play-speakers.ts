import { join } from 'node:path'
import type { Loa } from '../../app/loa.ts'
import { isPlayed } from '../../app/simulators.ts'
import { speakerDoors } from '../../app/speaker-doors.ts'
import { asSystem, type Ctx } from '../../core/kernel/index.ts'
import type { Config } from '../../platform/config/index.ts'
import { makeEnrolment, standingSpeakers, type Device } from '../../core/station/index.ts'
import { clockLike, readEnrolment, startSimulatedSpeaker } from '../../speaker/index.ts'

type Speaker = Awaited<ReturnType<typeof startSimulatedSpeaker>>
interface Place {
  /** Of the pages, on this machine. */
  readonly address: string
  /** Below which each device has a folder of its own. */
  readonly folder: string
}

/**
 * Plays the devices of a demonstration in this process: nobody hears them, but they enrol, bring their recordings, play and
 * say what they played as those on poles do. They come up one by one in the background. Answers how to stop them; in any
 * other installation nothing is started.
 */
export async function playSpeakers(
  loa: Loa,
  place: Place,
  played: Config['playedDevices'],
): Promise<() => Promise<void>> {
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'simulators')
  if (played.length === 0 || !(await isPlayed(ctx))) return async () => {}
  const devices = (await standingSpeakers(ctx.db)).filter(
    ({ code }) => played === 'all' || played.some((beginning) => code.startsWith(beginning)),
  )
  const speakers: Speaker[] = []
  const stopping = new AbortController()
  const comingUp = comeUp(ctx, place, devices, speakers, stopping.signal).catch((thrown: unknown) => {
    if (!stopping.signal.aborted)
      console.error('The played speakers:', thrown instanceof Error ? thrown.message : thrown)
  })
  return async () => {
    stopping.abort()
    await comingUp
    await Promise.all(speakers.map((speaker) => speaker.close()))
  }
}

async function comeUp(
  ctx: Ctx,
  place: Place,
  devices: readonly Device[],
  speakers: Speaker[],
  signal: AbortSignal,
): Promise<void> {
  for (const device of devices) {
    if (signal.aborted) return
    const speaker = await play(ctx, place, device)
    if (speaker) speakers.push(speaker)
  }
}

/** Null where a real device has enrolled: nobody plays that. */
async function play(ctx: Ctx, { address, folder: data }: Place, { id, code, state }: Device): Promise<Speaker | null> {
  const folder = join(data, 'speakers', code)
  const kept = readEnrolment(folder)
  if (!kept && state === 'enrolled') return null
  const once = kept ? '' : (await makeEnrolment(ctx, { deviceId: id })).code
  const doors = speakerDoors() ?? undefined
  return startSimulatedSpeaker({ address, code: once, folder, clock: clockLike(() => ctx.clock.now()), doors })
}

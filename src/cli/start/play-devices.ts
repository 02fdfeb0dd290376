import { join } from 'node:path'
import type { Loa } from '../../app/loa.ts'
import { addTrialSlots } from '../../app/demonstration-slots.ts'
import { isPlayed } from '../../app/simulators.ts'
import { speakerDoors } from '../../app/speaker-doors.ts'
import { asSystem, type Ctx } from '../../core/kernel/index.ts'
import type { Config } from '../../platform/config/index.ts'
import { makeEnrolment, standingDevices, type Device } from '../../core/station/index.ts'
import { clockLike, readEnrolment, startSimulatedDevice } from '../../speaker/index.ts'

type Running = Awaited<ReturnType<typeof startSimulatedDevice>>
interface Place {
  /** Of the pages, on this machine. */
  readonly address: string
  /** Below which each device has a folder of its own. */
  readonly folder: string
}

/**
 * Plays the devices of a demonstration in this process: nobody hears or sees them, but they enrol, bring their recordings,
 * play or show, and say so as those on poles do. They come up one by one in the background. Answers how to stop them; in
 * any other installation nothing is started. Where all are played the station of the guided visit has hours soon.
 */
export async function playDevices(
  loa: Loa,
  place: Place,
  played: Config['playedDevices'],
): Promise<() => Promise<void>> {
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'simulators')
  if (played.length === 0 || !(await isPlayed(ctx))) return async () => {}
  const devices = (await standingDevices(ctx.db)).filter(
    ({ code }) => played === 'all' || played.some((beginning) => code.startsWith(beginning)),
  )
  if (played === 'all') await addTrialSlots(ctx)
  const running: Running[] = []
  const stopping = new AbortController()
  const comingUp = comeUp(ctx, place, devices, running, stopping.signal).catch((thrown: unknown) => {
    if (!stopping.signal.aborted)
      console.error('The played devices:', thrown instanceof Error ? thrown.message : thrown)
  })
  return async () => {
    stopping.abort()
    await comingUp
    await Promise.all(running.map((device) => device.close()))
  }
}

async function comeUp(
  ctx: Ctx,
  place: Place,
  devices: readonly Device[],
  running: Running[],
  signal: AbortSignal,
): Promise<void> {
  for (const device of devices) {
    if (signal.aborted) return
    const played = await play(ctx, place, device)
    if (played) running.push(played)
  }
}

/** Null where a real device has enrolled: nobody plays that. */
async function play(ctx: Ctx, { address, folder: data }: Place, device: Device): Promise<Running | null> {
  const { id, code, state, clusterId } = device
  const kind = clusterId === null ? 'board' : 'speaker'
  const folder = join(data, 'speakers', code)
  const kept = readEnrolment(folder)
  if (!kept && state === 'enrolled') return null
  const once = kept ? '' : (await makeEnrolment(ctx, { deviceId: id })).code
  const doors = speakerDoors() ?? undefined
  return startSimulatedDevice({ kind, address, code: once, folder, clock: clockLike(() => ctx.clock.now()), doors })
}

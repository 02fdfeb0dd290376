import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Refusal } from '../../core/kernel/refusal.ts'
import { machineClock, readEnrolment, runSpeaker, soundNamed, SOUNDS } from '../../speaker/index.ts'
import type { Command } from '../command.ts'
import { runDevice } from '../run-device.ts'
import { SPEAKER_FOLDER } from './speaker-enrol.ts'

/** Plays what the province has signed for this machine's station, until it is told to stop. */
export const speakerRun: Command = {
  takes: [],
  options: { data: { type: 'string' }, sound: { type: 'string' }, ca: { type: 'string' } },
  async run({ config, w, options, print }) {
    const under = (path: string) => resolve(config.calledFrom, path)
    const folder = under(String(options['data'] ?? SPEAKER_FOLDER))
    const enrolment = readEnrolment(folder)
    if (enrolment?.kind !== 'speaker') throw new Refusal('speaker.not_enrolled', { folder })
    const clock = machineClock()
    const name = String(options['sound'] ?? 'none').replace(/^file:(.*)/, (_, path: string) => `file:${under(path)}`)
    const sound = (pathOf: (sha256: string) => string) => {
      const named = soundNamed(name, clock, pathOf)
      if (!named) throw new Refusal('speaker.no_such_sound', { name, names: SOUNDS.join(', ') })
      return named
    }
    const { code, stationCode: station } = enrolment
    const wish = {
      ...{ folder, enrolment, clock, sound },
      ca: options['ca'] === undefined ? null : readFileSync(under(String(options['ca']))),
      say: (words: string) => console.error(`${new Date().toISOString()} ${words}`),
    }
    return runDevice(
      config.underNpm,
      (end, anew) => {
        const onRevoked = () => {
          print(w('speaker_revoked', { code }))
          end()
        }
        return runSpeaker({ ...wish, onRevoked }, anew)
      },
      () => print(w('speaker_runs', { code, station, sound: name })),
    )
  },
}

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Refusal } from '../../core/kernel/refusal.ts'
import { machineClock, readEnrolment, runSpeaker, soundNamed, SOUNDS } from '../../speaker/index.ts'
import { DONE, type Command } from '../command.ts'
import { whenOrphaned } from '../when-orphaned.ts'
import { SPEAKER_FOLDER } from './speaker-enrol.ts'

/** Plays what the province has signed for this machine's station, until it is told to stop. */
export const speakerRun: Command = {
  takes: [],
  options: { data: { type: 'string' }, sound: { type: 'string' }, ca: { type: 'string' } },
  async run({ config, w, options, print }) {
    const under = (path: string) => resolve(config.calledFrom, path)
    const folder = under(String(options['data'] ?? SPEAKER_FOLDER))
    const enrolment = readEnrolment(folder)
    if (!enrolment) throw new Refusal('speaker.not_enrolled', { folder })
    const clock = machineClock()
    const name = String(options['sound'] ?? 'none').replace(/^file:(.*)/, (_, path: string) => `file:${under(path)}`)
    const sound = (pathOf: (sha256: string) => string) => {
      const named = soundNamed(name, clock, pathOf)
      if (!named) throw new Refusal('speaker.no_such_sound', { name, names: SOUNDS.join(', ') })
      return named
    }
    const { promise, resolve: ends } = Promise.withResolvers<number>()
    const speaker = runSpeaker({
      folder,
      enrolment,
      clock,
      sound,
      ca: options['ca'] === undefined ? null : readFileSync(under(String(options['ca']))),
      say: (words) => console.error(`${new Date().toISOString()} ${words}`),
      onRevoked() {
        print(w('speaker_revoked', { code: enrolment.code }))
        void close()
      },
    })
    const close = () => speaker.close().then(() => ends(DONE))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void close())
    if (config.underNpm) await whenOrphaned(() => process.kill(process.pid, 'SIGTERM'))
    print(w('speaker_runs', { code: enrolment.code, station: enrolment.stationCode, sound: name }))
    const code = await promise
    process.exit(code)
  },
}

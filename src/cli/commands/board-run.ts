import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Refusal } from '../../core/kernel/refusal.ts'
import { framesTo, linesTo, machineClock, readEnrolment, runBoard } from '../../speaker/index.ts'
import type { Command } from '../command.ts'
import { runDevice } from '../run-device.ts'
import { BOARD_FOLDER } from './board-enrol.ts'

/** Shows what the province has signed for this machine's board, until it is told to stop. */
export const boardRun: Command = {
  takes: [],
  options: {
    data: { type: 'string' },
    'line-to': { type: 'string' },
    'frame-to': { type: 'string' },
    ca: { type: 'string' },
  },
  async run({ config, w, options, print }) {
    const under = (option: string) => resolve(config.calledFrom, String(options[option]))
    const has = (option: string) => options[option] !== undefined
    const folder = resolve(config.calledFrom, String(options['data'] ?? BOARD_FOLDER))
    const enrolment = readEnrolment(folder)
    if (enrolment?.kind !== 'board') throw new Refusal('board_agent.not_enrolled', { folder })
    const say = (words: string) => console.error(`${new Date().toISOString()} ${words}`)
    const panel = has('line-to')
      ? () => linesTo({ target: under('line-to'), trouble: say })
      : has('frame-to')
        ? (pathOf: (sha256: string) => string) => framesTo({ target: under('frame-to'), trouble: say }, pathOf)
        : null
    const { code, stationCode: board } = enrolment
    const ca = has('ca') ? readFileSync(under('ca')) : null
    const wish = { folder, enrolment, clock: machineClock(), ca, say, ...(panel && { panel }) }
    return runDevice(
      config.underNpm,
      (end, anew) => {
        const onRevoked = () => {
          print(w('board_agent_revoked', { code }))
          end()
        }
        return runBoard({ ...wish, onRevoked }, anew)
      },
      () => print(w('board_agent_runs', { code, board })),
    )
  },
}

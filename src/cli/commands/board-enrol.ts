import { resolve } from 'node:path'
import { Refusal } from '../../core/kernel/refusal.ts'
import { BOARD_AGENT_VERSION, enrol, NotEnrolled } from '../../speaker/index.ts'
import { DONE, type Command } from '../command.ts'

export const BOARD_FOLDER = 'board'

/** Makes this machine the device of a board, by the one-time code of that board's page. */
export const boardEnrol: Command = {
  takes: ['ADDRESS', 'CODE'],
  options: { data: { type: 'string' } },
  async run({ config, w, options, given: [address = '', code = ''], print }) {
    const folder = resolve(config.calledFrom, String(options['data'] ?? BOARD_FOLDER))
    try {
      const enrolment = await enrol({ address, code, folder, agent: BOARD_AGENT_VERSION, kind: 'board' })
      print(w('board_agent_enrolled', { code: enrolment.code, board: enrolment.stationCode, folder }))
      return DONE
    } catch (error) {
      if (error instanceof NotEnrolled) throw new Refusal('board_agent.not_taken', { why: error.why })
      throw error
    }
  },
}

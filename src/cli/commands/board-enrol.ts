import { Refusal } from '../../core/kernel/refusal.ts'
import { BOARD_AGENT_VERSION } from '../../speaker/index.ts'
import { enrolsDevice } from '../enrol-device.ts'

export const BOARD_FOLDER = 'board'

/** Makes this machine the device of a board, by the one-time code of that board's page. */
export const boardEnrol = enrolsDevice({
  ...{ kind: 'board', agent: BOARD_AGENT_VERSION, usualFolder: BOARD_FOLDER },
  done: (w, { code, stationCode: board }, folder) => w('board_agent_enrolled', { code, board, folder }),
  notTaken: (why) => new Refusal('board_agent.not_taken', { why }),
})

import { Refusal } from '../../core/kernel/refusal.ts'
import { AGENT_VERSION } from '../../speaker/index.ts'
import { enrolsDevice } from '../enrol-device.ts'

export const SPEAKER_FOLDER = 'speaker'

/** Makes this machine the device of a cluster, by the one-time code of that cluster's page. */
export const speakerEnrol = enrolsDevice({
  ...{ kind: 'speaker', agent: AGENT_VERSION, usualFolder: SPEAKER_FOLDER },
  done: (w, { code, stationCode: station }, folder) => w('speaker_enrolled', { code, station, folder }),
  notTaken: (why) => new Refusal('speaker.not_taken', { why }),
})

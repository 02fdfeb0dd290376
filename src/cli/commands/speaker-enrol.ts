import { resolve } from 'node:path'
import { Refusal } from '../../core/kernel/refusal.ts'
import { AGENT_VERSION, enrol, NotEnrolled } from '../../speaker/index.ts'
import { DONE, type Command } from '../command.ts'

export const SPEAKER_FOLDER = 'speaker'

/** Makes this machine the device of a cluster, by the one-time code of that cluster's page. */
export const speakerEnrol: Command = {
  takes: ['ADDRESS', 'CODE'],
  options: { data: { type: 'string' } },
  async run({ config, w, options, given: [address = '', code = ''], print }) {
    const folder = resolve(config.calledFrom, String(options['data'] ?? SPEAKER_FOLDER))
    try {
      const enrolment = await enrol({ address, code, folder, agent: AGENT_VERSION })
      print(w('speaker_enrolled', { code: enrolment.code, station: enrolment.stationCode, folder }))
      return DONE
    } catch (error) {
      if (error instanceof NotEnrolled) throw new Refusal('speaker.not_taken', { why: error.why })
      throw error
    }
  },
}

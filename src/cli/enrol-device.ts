import { resolve } from 'node:path'
import type { Words } from '../app/wording/words.ts'
import type { Refusal } from '../core/kernel/refusal.ts'
import { enrol, NotEnrolled } from '../speaker/index.ts'
import { DONE, type Command } from './command.ts'

type Enrolment = Awaited<ReturnType<typeof enrol>>

interface Enrols {
  readonly kind: Enrolment['kind']
  readonly agent: string
  /** Where the device keeps all it has, unless another folder is given. */
  readonly usualFolder: string
  /** Says that it is done. */
  done(w: Words, enrolment: Enrolment, folder: string): string
  notTaken(why: string): Refusal
}

/** The command that makes this machine a device, by the one-time code of the page of what it is to play or show. */
export function enrolsDevice({ kind, agent, usualFolder, done, notTaken }: Enrols): Command {
  return {
    takes: ['ADDRESS', 'CODE'],
    options: { data: { type: 'string' } },
    async run({ config, w, options, given: [address = '', code = ''], print }) {
      const folder = resolve(config.calledFrom, String(options['data'] ?? usualFolder))
      const enrolment = await enrol({ address, code, folder, agent, kind }).catch((error: unknown) => {
        throw error instanceof NotEnrolled ? notTaken(error.why) : error
      })
      print(done(w, enrolment, folder))
      return DONE
    },
  }
}

import { resolve } from 'node:path'
import type { Words } from '../app/wording/words.ts'
import { Refusal } from '../core/kernel/refusal.ts'
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
    takes: ['ADDRESS', '[CODE]'],
    options: { data: { type: 'string' } },
    async run({ config, w, options, given: [given = '', typed = null], print }) {
      const { address, code } = squareOf(given, typed)
      const folder = resolve(config.calledFrom, String(options['data'] ?? usualFolder))
      const enrolment = await enrol({ address, code, folder, agent, kind }).catch((thrown: unknown) => {
        throw refusalOf(thrown, address, folder, notTaken)
      })
      print(done(w, enrolment, folder))
      return DONE
    },
  }
}

/** Where codes are brought to, as it stands in the square of the page. */
const ENROL_PATH = '/speaker/enrol'

/**
 * The address and the code, given one by one or as the square on the page says them: `<address>/speaker/enrol#<code>`.
 *
 * @throws Refusal `enrol.*`
 */
function squareOf(given: string, typed: string | null): { readonly address: string; readonly code: string } {
  const url = URL.parse(given.trim())
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refusal('enrol.no_address', { given })
  const scanned = url.hash.slice(1)
  // The address of any other page may end in a word as well: it is no code, and trying it would be counted.
  if (scanned !== '' && url.pathname.replace(/\/$/, '') !== ENROL_PATH) throw new Refusal('enrol.other_page', { given })
  if (scanned !== '' && typed !== null) throw new Refusal('enrol.two_codes')
  const code = (typed ?? decoded(scanned)).trim()
  if (code === '') throw new Refusal('enrol.no_code')
  return { address: url.origin, code }
}

/** A scanner may hand on what it read with its signs written out. */
function decoded(scanned: string): string {
  try {
    return decodeURIComponent(scanned)
  } catch {
    return scanned
  }
}

/** What the province says of a code in words of its own that say what to do. */
const SAID_BY_PROVINCE = ['station.wrong_code', 'station.key_taken', 'station.no_door']

function refusalOf(thrown: unknown, address: string, folder: string, notTaken: Enrols['notTaken']): unknown {
  if (thrown instanceof NotEnrolled) {
    const { why } = thrown
    if (SAID_BY_PROVINCE.includes(why)) return new Refusal(why)
    const other = /^station\.is_(\w+)$/.exec(why)?.[1]
    return other === undefined ? notTaken(why) : new Refusal('enrol.other_kind', { kind: other, folder })
  }
  // `fetch` says no more than that it failed; why stands in its cause.
  if (thrown instanceof TypeError && thrown.cause instanceof Error) {
    const { message, code = message } = thrown.cause as NodeJS.ErrnoException
    return new Refusal('enrol.unreachable', { address, why: code })
  }
  if (thrown instanceof Error && thrown.name === 'TimeoutError') {
    return new Refusal('enrol.unreachable', { address, why: 'ETIMEDOUT' })
  }
  return thrown
}

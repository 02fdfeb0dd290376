import * as v from 'valibot'
import { deviceKey, Enrolment, keepEnrolment, type DeviceKind } from '../disk/identity.ts'

/** Why the province did not enrol the device, in its own word. */
export class NotEnrolled extends Error {
  readonly why: string

  constructor(why: string) {
    super(`The province did not enrol this device: ${why}`)
    this.why = why
  }
}

const PATIENCE_MS = 30_000

/** Makes the key of the device, tells the province the public half under the one-time code, and keeps what it answers. */
export async function enrol(wish: {
  readonly address: string
  readonly code: string
  readonly folder: string
  readonly agent: string
  /** What it can be. @defaultValue speaker */
  readonly kind?: DeviceKind
}): Promise<Enrolment> {
  const { publicKey } = deviceKey(wish.folder)
  const answer = await fetch(new URL('/speaker/enrol', wish.address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ code: wish.code.trim(), publicKey, agent: wish.agent }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (!answer.ok) throw new NotEnrolled(await whyOf(answer))
  const read = v.safeParse(Enrolment, await answer.json().catch(() => null))
  // Something that answers there, but no Loa.
  if (!read.success) throw new NotEnrolled('no_enrolment')
  const enrolment = read.output
  // The code was that of a device of the other sort: nothing is kept here, and a person revokes it there.
  if (enrolment.kind !== (wish.kind ?? 'speaker')) throw new NotEnrolled(`station.is_${enrolment.kind}`)
  keepEnrolment(wish.folder, enrolment)
  return enrolment
}

async function whyOf(answer: Response): Promise<string> {
  const read = v.safeParse(v.object({ refused: v.string() }), await answer.json().catch(() => null))
  return read.success ? read.output.refused : `HTTP ${answer.status}`
}

import { openGate, type Lapse } from '../gate.ts'
import type { Pdu } from './library.ts'
import { NotWritten, type Link } from './link.ts'
import { statusName, verdictOf } from './statuses.ts'
import type { Submit } from './write-pdu.ts'

/** What came of one part. `unsent`: it surely was not taken and may go again. */
export type Said =
  | { readonly kind: 'accepted'; readonly ref: string }
  | { readonly kind: 'refused' | 'unknown'; readonly reason: string }
  | { readonly kind: 'unsent'; readonly reason: string; readonly againInMs: number }

export interface SubmitterOptions {
  readonly windowSize: number
  readonly ratePerSecond: number
  /** How long an answer is waited for before nobody knows what became of a part. */
  readonly answerMs: number
  link(): Promise<Link | null>
}

/** Hands parts to a centre, no more at once than its window and no more a second than its rate. */
export interface Submitter {
  /** `hearLate` is told what the centre says after `unknown` was answered, if it still says something. */
  submit(fields: Submit, lapse: Lapse, hearLate: (said: Said) => void): Promise<Said>
}

/** How long a centre that says we are too fast is left alone: each time twice as long. */
const SHORTEST_HOLD_MS = 1_000
const LONGEST_HOLD_MS = 30_000
const UNBOUND_WAIT_MS = 10_000
const ILL_WAIT_MS = 30_000

export function openSubmitter({ windowSize, ratePerSecond, answerMs, link }: SubmitterOptions): Submitter {
  const gate = openGate(windowSize, ratePerSecond)
  let heldUntil = 0
  let holdMs = SHORTEST_HOLD_MS

  async function submit(fields: Submit, lapse: Lapse, hearLate: (said: Said) => void): Promise<Said> {
    if (holdLeft() > 0) return unsent('throttled', holdLeft())
    if (!(await gate.enter(lapse))) return unsent('window_full', 0)
    try {
      const bound = await link()
      if (!bound) return unsent('not_connected', UNBOUND_WAIT_MS)
      if (lapse.lapsed()) return unsent('window_full', 0)
      return await inTime(bound.submit(fields).then(saidIn, saidOf), lapse, hearLate)
    } finally {
      gate.leave()
    }
  }
  function inTime(answer: Promise<Said>, lapse: Lapse, hearLate: (said: Said) => void): Promise<Said> {
    return new Promise((resolve) => {
      let given = false
      const giveUp = () => {
        given = true
        done({ kind: 'unknown', reason: 'no_answer' })
      }
      const timer = setTimeout(giveUp, answerMs)
      const letGo = lapse.when(giveUp)
      const done = (said: Said) => {
        clearTimeout(timer)
        letGo()
        resolve(said)
      }
      void answer.then((said) => (given ? hearLate(said) : done(said)))
    })
  }
  function saidIn({ command_status: status, message_id: id = '' }: Pdu): Said {
    const verdict = verdictOf(status)
    switch (verdict) {
      case 'accepted':
        if (holdLeft() === 0) holdMs = SHORTEST_HOLD_MS
        return { kind: 'accepted', ref: id }
      case 'refused':
        return { kind: 'refused', reason: statusName(status) }
      case 'throttled':
        return unsent(statusName(status), hold())
      case 'later':
        return unsent(statusName(status), ILL_WAIT_MS)
      default:
        return verdict satisfies never
    }
  }
  /** Many parts are told at once that we are too fast: that is one hold, not many. */
  function hold(): number {
    if (holdLeft() === 0) {
      heldUntil = performance.now() + holdMs
      holdMs = Math.min(LONGEST_HOLD_MS, holdMs * 2)
    }
    return holdLeft()
  }
  function holdLeft(): number {
    return Math.max(0, heldUntil - performance.now())
  }
  return { submit }
}

function saidOf(thrown: Error): Said {
  if (thrown instanceof NotWritten) return unsent('not_connected', UNBOUND_WAIT_MS)
  return { kind: 'unknown', reason: thrown.message }
}

function unsent(reason: string, againInMs: number): Said {
  return { kind: 'unsent', reason, againInMs }
}

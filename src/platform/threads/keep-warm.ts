import { Refusal, type RefusalFacts } from '../../core/kernel/index.ts'

const LONGEST_MS = 180_000

/** What is posted back; `serveWarm` writes it. */
export type Answer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: { readonly code: string; readonly facts: RefusalFacts } }
  | { readonly id: number; readonly fault: string }

/** A thread or a process that works for us. */
export interface Host {
  post(message: { readonly id: number; readonly work: unknown }): void
  end(): void
  ref(): void
  unref(): void
}

/** What a host tells: each answer, and that it has ended, by itself or by a fault. */
export interface HostReports {
  answered(answer: Answer): void
  ended(reason: Error): void
}

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly timer: NodeJS.Timeout
}

/**
 * Keeps a host from one piece of work to the next, since getting ready costs it more than the work. It holds no process
 * open. One that ends or takes longer than three minutes is given up with all that waits for it, and the next piece of work
 * begins a new one.
 */
export function keepWarm<Work, Result>(begin: (reports: HostReports) => Host): (work: Work) => Promise<Result> {
  let host: Host | null = null
  let last = 0
  const waiting = new Map<number, Waiting>()

  function giveUp(reason: Error): void {
    host?.end()
    host = null
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(reason)
    }
    waiting.clear()
  }

  function settle(answer: Answer): void {
    const one = waiting.get(answer.id)
    if (!one) return
    waiting.delete(answer.id)
    clearTimeout(one.timer)
    if (waiting.size === 0) host?.unref()
    if ('answer' in answer) one.resolve(answer.answer)
    else if ('refusal' in answer) one.reject(new Refusal(answer.refusal.code, answer.refusal.facts))
    else one.reject(new Error(answer.fault))
  }

  function beginNew(): Host {
    // One that was given up still tells its end; that is no end of the one that came after it.
    const begun: Host = begin({ answered: settle, ended: (reason) => host === begun && giveUp(reason) })
    return begun
  }

  return (work) =>
    new Promise<Result>((resolve, reject) => {
      host ??= beginNew()
      host.ref()
      const id = ++last
      const timer = setTimeout(() => giveUp(new Error('A worker took longer than three minutes')), LONGEST_MS)
      waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, timer }) // the worker file answers a Result
      host.post({ id, work })
    })
}

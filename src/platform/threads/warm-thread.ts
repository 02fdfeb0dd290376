import { Worker } from 'node:worker_threads'
import { Refusal, type RefusalFacts } from '../../core/kernel/index.ts'

const LONGEST_MS = 180_000
const MOST_MEGABYTES = 1_024

/** What a warm thread posts back; `serveWarm` writes it. */
type Answer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refusal: { readonly code: string; readonly facts: RefusalFacts } }
  | { readonly id: number; readonly fault: string }

interface Waiting {
  readonly resolve: (answer: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly timer: NodeJS.Timeout
}

/**
 * A thread that is kept from one piece of work to the next, since getting ready costs it more than the work. It holds no
 * process open. One that ends or takes longer than three minutes is given up with all that waits for it, and the next piece
 * of work begins a new one.
 */
export function warmThread<Work, Result>(file: URL): (work: Work) => Promise<Result> {
  let worker: Worker | null = null
  let last = 0
  const waiting = new Map<number, Waiting>()

  function giveUp(reason: Error): void {
    void worker?.terminate()
    worker = null
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
    if (waiting.size === 0) worker?.unref()
    if ('answer' in answer) one.resolve(answer.answer)
    else if ('refusal' in answer) one.reject(new Refusal(answer.refusal.code, answer.refusal.facts))
    else one.reject(new Error(answer.fault))
  }

  function begin(): Worker {
    const begun = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } })
    begun.on('message', settle)
    begun.on('error', giveUp)
    begun.on('exit', (code) => {
      if (worker === begun) giveUp(new Error(`A worker thread ended with ${code} and no answer`))
    })
    return begun
  }

  return (work) =>
    new Promise<Result>((resolve, reject) => {
      worker ??= begin()
      worker.ref()
      const id = ++last
      const timer = setTimeout(() => giveUp(new Error('A worker thread took longer than three minutes')), LONGEST_MS)
      waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject, timer }) // the worker file answers a Result
      worker.postMessage({ id, work })
    })
}

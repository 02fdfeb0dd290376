import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../core/kernel/index.ts'

/** The other end of `warmThread`: does one piece of work after the other, and tells refusals from faults. */
export function serveWarm<Work>(perform: (work: Work) => unknown): void {
  // In order: what is set up for one piece of work must not be seen by the next.
  let queue = Promise.resolve()
  parentPort?.on('message', ({ id, work }: { readonly id: number; readonly work: Work }) => {
    queue = queue.then(async () => parentPort?.postMessage({ id, ...(await outcomeOf(perform, work)) }))
  })
}

async function outcomeOf<Work>(perform: (work: Work) => unknown, work: Work): Promise<object> {
  try {
    return { answer: await perform(work) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refusal: { code: thrown.code, facts: thrown.facts } }
    return { fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }
  }
}

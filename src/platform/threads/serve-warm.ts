import { parentPort } from 'node:worker_threads'
import { Refusal } from '../../core/kernel/index.ts'

/**
 * The other end of `warmThread` and of `warmProcess`: does one piece of work after the other, and tells refusals from
 * faults.
 */
export function serveWarm<Work>(perform: (work: Work) => unknown): void {
  // In order: what is set up for one piece of work must not be seen by the next.
  let queue = Promise.resolve()
  const serve =
    (post: (answer: object) => void) =>
    ({ id, work }: { readonly id: number; readonly work: Work }) => {
      queue = queue.then(async () => post({ id, ...(await outcomeOf(perform, work)) }))
    }
  if (parentPort) {
    const port = parentPort
    port.on(
      'message',
      serve((answer) => port.postMessage(answer)),
    )
    return
  }
  process.on(
    'message',
    serve((answer) => process.send?.(answer)),
  )
  // Ours is the process that is asked to stop; it ends its own, in its own order.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  process.on('disconnect', () => process.exit())
}

async function outcomeOf<Work>(perform: (work: Work) => unknown, work: Work): Promise<object> {
  try {
    return { answer: await perform(work) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refusal: { code: thrown.code, facts: thrown.facts } }
    return { fault: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }
  }
}

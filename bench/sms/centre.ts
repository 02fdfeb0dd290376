import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

interface Counts {
  readonly taken: number
  readonly different: number
  readonly brought: number
}

/** The simulated message centre in a process of its own, as a carrier's is. */
export interface Centre {
  readonly port: number
  counts(): Promise<Counts>
  /** Waits until it has taken so many more parts than `since`, and as many receipts were answered for. */
  done(since: Counts, many: number): Promise<void>
  stop(): Promise<void>
}

const MAIN = join(import.meta.dirname, '../../src/channels/sms/simulators/smsc.main.ts')

export async function startCentre(): Promise<Centre> {
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => String((await lines.next()).value)
  const port = Number(await line())
  const counts = async () => {
    child.stdin.write('\n')
    return JSON.parse(await line()) as Counts // its own words
  }
  return {
    port,
    counts,
    async done(since, many) {
      for (;;) {
        const { taken, brought } = await counts()
        if (taken - since.taken >= many && brought - since.brought >= many) return
        await wait(20)
      }
    },
    async stop() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

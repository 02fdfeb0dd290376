import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_AGAIN_MS = 20

/**
 * Waits until a program that was started listens on a port of 127.0.0.1. Answers what is settled when it has ended.
 *
 * @throws Error with what it wrote to its stderr where it ended before.
 */
export async function whenListening(child: ChildProcess, name: string, port: number) {
  let said = ''
  let ended = false
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = once(child, 'exit')
    .catch((fault: unknown) => (said += String(fault)))
    .then(() => void (ended = true))
  while (!(await opensAt(port))) {
    if (ended) throw new Error(`${name} ended: ${said}`)
    await wait(LOOK_AGAIN_MS)
  }
  return { gone }
}

function opensAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

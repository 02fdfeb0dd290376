import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

/** A wire between two programs that can be cut. */
export interface Wire {
  readonly port: number
  /** Where it leads to; may change, as when a database comes again on another port. */
  leadTo(port: number): void
  /** Cuts every connection at once, in the midst of whatever it carries. */
  cut(): void
  /** Lets nothing through for so long, and then all of it. */
  stall(ms: number): void
  /** Refuses new connections for so long. */
  refuse(ms: number): void
  /** Cuts the next connections after so many more bytes of an answer. */
  cutAfter(bytes: number): void
  close(): Promise<void>
}

/** A TCP proxy on a port of its own on 127.0.0.1. */
export async function openWire(target: number): Promise<Wire> {
  let leadsTo = target
  let refusesUntil = 0
  let bytesLeft = Infinity
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer((near) => {
    if (Date.now() < refusesUntil) return void near.resetAndDestroy()
    const far = connect(leadsTo, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of pair) socket.setNoDelay().on('error', end).on('close', end)
    near.pipe(far)
    far.pipe(near)
    far.on('data', ({ length }: Buffer) => {
      bytesLeft -= length
      if (bytesLeft > 0) return
      bytesLeft = Infinity
      near.resetAndDestroy()
      end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const [near, far] of [...pairs]) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => void (leadsTo = port),
    cut,
    stall(ms) {
      const stalled = [...pairs].flat()
      for (const socket of stalled) socket.pause()
      setTimeout(() => stalled.forEach((socket) => socket.resume()), ms)
    },
    refuse(ms) {
      refusesUntil = Date.now() + ms
    },
    cutAfter(bytes) {
      bytesLeft = bytes
    },
    async close() {
      server.close()
      cut()
      await once(server, 'close')
    },
  }
}

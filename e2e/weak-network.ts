import { connect, createServer, type Socket } from 'node:net'

export interface WeakNetwork {
  /** The address of the application through this network. */
  readonly address: string
  /** No byte goes through any more, and what was open is torn. */
  cut(): void
  mend(): void
  /** Tears every connection after some hundred kilobytes, and lets every third not through at all. */
  flap(): void
  stop(): Promise<void>
}

/** A network between a browser and the application that can be cut: not told to the browser, as it is on a mountain road. */
export async function openWeakNetwork(appAddress: string): Promise<WeakNetwork> {
  const { port: appPort } = new URL(appAddress)
  const open = new Set<Socket>()
  let state: 'whole' | 'cut' | 'flapping' = 'whole'
  let count = 0

  const server = createServer((phone) => {
    count += 1
    if (state === 'cut' || (state === 'flapping' && count % 3 === 0)) return void phone.destroy()
    const app = connect(Number(appPort), '127.0.0.1')
    const tear = () => {
      phone.destroy()
      app.destroy()
    }
    let left = state === 'flapping' ? 120_000 + (count % 5) * 60_000 : Infinity
    phone.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) tear()
    })
    for (const socket of [phone, app]) {
      open.add(socket)
      socket.on('error', tear)
      socket.on('close', () => {
        open.delete(socket)
        tear()
      })
    }
    phone.pipe(app).pipe(phone)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const tearAll = () => open.forEach((socket) => socket.destroy())
  return {
    // By name: a browser takes no other address without TLS for one that may keep things.
    address: `http://localhost:${typeof bound === 'object' && bound ? bound.port : 0}`,
    cut() {
      state = 'cut'
      tearAll()
    },
    mend() {
      state = 'whole'
    },
    flap() {
      state = 'flapping'
      tearAll()
    },
    async stop() {
      tearAll()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

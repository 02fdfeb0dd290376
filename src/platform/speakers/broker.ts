import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { Aedes, type Client, type PublishPacket } from 'aedes'
import { ALLOWANCE, frameGuard, type Allowance } from './frame-guard.ts'
import type { Admitted, Doorkeeper, Plane, PlaneEars } from './plane.ts'
import { topics } from './protocol.ts'

export interface BrokerOptions {
  readonly port: number
  readonly host: string
  /** Another port will not do. */
  readonly portIsFixed: boolean
  /** Files of the key and the certificate, PEM; null: MQTT in the clear, for loopback or behind a proxy. */
  readonly tls: { readonly keyFile: string; readonly certFile: string } | null
  readonly door: Doorkeeper
  readonly ears: PlaneEars
  readonly allowance?: Allowance
  readonly mostConnections?: number
  /** For so long one that was revoked may stay, whether it listens or not. */
  readonly revokedStayMs?: number
}

export interface Broker extends Plane {
  readonly port: number
  /** Devices that are in; those that were revoked are not counted. */
  connected(): number
}

const MOST_CONNECTIONS = 20_000
/** Who is told to go and stays is put out. */
const GOES_WITHIN_MS = 2_000
/** Over a bad line it takes a while from being let in to listening. */
const REVOKED_STAY_MS = 4_000
const SAYS_WHO_WITHIN_MS = 10_000
const LONGEST_KEEPALIVE_SECONDS = 1_200

/**
 * The broker of our own (aedes: MQTT 3.1.1). A device comes in by its id and password, under its id as the name of its
 * client, so that none can take the place of another. It may write its own `up` and hear four topics, each by its full
 * name; whoever reaches further is cut. No session is kept for it: what counts is retained or said again.
 * One that was revoked may hear its own topic for a moment; what it says is acknowledged and goes nowhere.
 *
 * @throws Error when the port is taken and no other will do.
 */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  const { door, ears, tls, allowance = ALLOWANCE } = options
  const { mostConnections = MOST_CONNECTIONS, revokedStayMs = REVOKED_STAY_MS } = options
  const seats = new Map<string, Client>()
  const admitted = new WeakMap<Client, Admitted>()
  const leaving = new WeakSet<Client>()
  const isRevoked = (client: Client) => admitted.get(client)?.code === null

  // By a device that was revoked, and its password, nobody raises an alarm any more.
  const forbid = (client: Client, what: string) => {
    if (!isRevoked(client)) ears.forbidden(client.id, what)
  }
  const mayHear = (client: Client, topic: string) => {
    if (topic === topics.device(client.id)) return true
    const code = admitted.get(client)?.code ?? null
    if (code === null) return false
    // A code is that of a station or of a board, never of both.
    return [topics.station, topics.emergency, topics.live, topics.showings].some((of) => of(code) === topic)
  }
  const whyNotPublish = ({ id }: Client, { topic, retain, qos }: PublishPacket) => {
    if (topic !== topics.up(id)) return 'topic'
    if (retain) return 'retain'
    return qos > 1 ? 'qos' : null
  }

  const broker = await Aedes.createBroker({
    connectTimeout: SAYS_WHO_WITHIN_MS,
    keepaliveLimit: LONGEST_KEEPALIVE_SECONDS,
    maxClientsIdLength: 64,
    preConnect(_client, packet, done) {
      packet.clean = true
      // Without an error the connection would be left open.
      done(packet.will ? new Error('a will') : null, true)
    },
    authenticate(client, username, password, done) {
      const deviceId = username ?? ''
      if (client.id !== deviceId) return done(null, false)
      door.admit(deviceId, password?.toString() ?? '').then(
        (as) => {
          if (as) admitted.set(client, as)
          done(null, as !== null)
        },
        () => done(null, false),
      )
    },
    authorizeSubscribe(client, subscription, done) {
      if (mayHear(client, subscription.topic)) return done(null, subscription)
      forbid(client, 'subscribe')
      done(null, null)
    },
    authorizePublish(client, packet, done) {
      if (!client) return done()
      // An answer to one that was told to go would tear its connection down at once.
      if (leaving.has(client)) return
      const why = whyNotPublish(client, packet)
      if (why) {
        forbid(client, why)
        return done(new Error(why))
      }
      if (isRevoked(client)) return done()
      // Acknowledged when it is kept: what fails is sent again by the device, once it is back.
      ears.take(client.id, Buffer.from(packet.payload)).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      )
    },
  })
  broker.on('clientReady', (client) => {
    seats.set(client.id, client)
    if (isRevoked(client)) setTimeout(() => client.close(), revokedStayMs).unref()
  })
  broker.on('clientDisconnect', (client) => {
    if (seats.get(client.id) !== client) return
    seats.delete(client.id)
    ears.gone(client.id)
  })
  broker.on('subscribe', (subscriptions, client) => {
    if (subscriptions.some(({ topic }) => topic === topics.device(client.id))) ears.ready(client.id)
  })

  const take = (socket: Socket) => {
    guard(socket, allowance, () => {
      const client = broker.closed ? undefined : clientOf(socket)
      if (client?.id) forbid(client, 'flood')
    })
    broker.handle(socket)
  }
  const server = tls
    ? createTlsServer({ key: readFileSync(tls.keyFile), cert: readFileSync(tls.certFile) }, take)
    : createServer(take)
  server.maxConnections = mostConnections
  const port = await listenOn(server, options)

  return {
    port,
    connected: () => [...seats.values()].filter((client) => !isRevoked(client)).length,
    publish: (topic, bytes, { retain, fleeting = false }) =>
      new Promise((resolve, reject) => {
        const packet = {
          cmd: 'publish' as const,
          topic,
          payload: Buffer.from(bytes),
          qos: fleeting ? (0 as const) : (1 as const),
          retain,
          dup: false,
        }
        broker.publish(packet, (error) => (error ? reject(error) : resolve()))
      }),
    cut(deviceId) {
      const seat = seats.get(deviceId)
      if (!seat) return
      // A connection that is torn down while the device speaks takes with it what was said to it last, as that it is revoked.
      leaving.add(seat)
      seat.conn.end()
      setTimeout(() => seat.close(), GOES_WITHIN_MS).unref()
    },
    async close() {
      server.close()
      await new Promise<void>((resolve) => broker.close(resolve))
    },
  }
}

/** Aedes remembers on a connection whose it is. */
function clientOf(socket: Socket & { client?: Client }): Client | undefined {
  return socket.client
}

/** Looks at all that a connection brings before the broker does, and ends it at what may not be. */
function guard(socket: Socket, allowance: Allowance, onTooMuch: () => void): void {
  const frames = frameGuard(allowance)
  const read = socket.read.bind(socket)
  socket.read = (size?: number) => {
    const chunk = read(size) as Buffer | null
    if (chunk === null || frames.passes(chunk)) return chunk
    onTooMuch()
    socket.destroy()
    return null
  }
}

async function listenOn(server: Server, { port, host, portIsFixed }: BrokerOptions): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (taken && !portIsFixed) return listenOn(server, { port: port + 1, host, portIsFixed } as BrokerOptions)
    if (!taken) throw error
    throw new Error(
      `Port ${port} is taken by another program; end that one, or choose another: MQTT_PORT=${port + 1}`,
      {
        cause: error,
      },
    )
  }
  return (server.address() as AddressInfo).port
}

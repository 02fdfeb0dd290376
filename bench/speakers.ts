/**
 * Simulated devices over loopback, each system with the same devices and payloads, one after another in one run: Loa with
 * its own broker, Loa over mosquitto, Loa over RabbitMQ, and bare mosquitto that only hands the bytes on, unsigned answers uncounted.
 * `node bench/speakers.ts [DEVICES] [own | mosquitto | rabbitmq]`; needs as many open files and some more: `ulimit -n 20000`.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { startMosquitto, whyNoMosquitto } from '../src/platform/speakers/mosquitto.build.ts'
import { startRabbitMq, whyNoRabbitMq } from '../src/platform/speakers/rabbitmq.build.ts'
import { seal } from '../src/platform/speakers/envelope.ts'
import { topics, type DownBody } from '../src/platform/speakers/protocol.ts'
import { emergencyAt, weekFrom } from './speakers/programme.ts'
import { openSpeakerStage } from './speakers/stage.ts'

const DEVICES = Number(process.argv[2] ?? 10_000)
const ONLY = process.argv[3] ?? null
const PROCESSES = 2
const ROUNDS = 3
/** Devices of each process that come in at the same time. */
const AT_ONCE = 100
/** RabbitMQ before 3.12 binds each topic of each device under one lock: who comes in a crowd waits for all others. */
const FEW_AT_ONCE = 4
const P99_WITHIN_MS = 5_000
const PATIENCE_MS = 180_000

interface Figures {
  connectMs: number
  readonly acknowledgedMs: number[]
  readonly inHandMs: number[]
  /** At the whole agents among them. */
  readonly soundedMs: number[]
  megabytes: number
}

const SYSTEMS = { own: overOwn, mosquitto: overMosquitto, rabbitmq: overRabbitMq }

const stage = await openSpeakerStage(DEVICES, PROCESSES)
await stage.touchAll()
try {
  for (const [name, run] of Object.entries(SYSTEMS)) if (ONLY === null || ONLY === name) await run()
} finally {
  await stage.close()
}

async function overOwn(): Promise<void> {
  const figures = await throughHub(null)
  report('Loa, its own broker', figures)
  judge('emergency to every device, p99 ms', at(figures.inHandMs, 0.99), P99_WITHIN_MS)
  judge('emergency sounding at whole agents, p99 ms', at(figures.soundedMs, 0.99), P99_WITHIN_MS)
}

async function overMosquitto(): Promise<void> {
  if (whyNoMosquitto) return console.log(`mosquitto was left out: ${whyNoMosquitto}`)
  const mosquitto = await startMosquitto(null)
  const figures = await throughHub(`mqtt://loa-hub:x@127.0.0.1:${mosquitto.port}`, mosquitto.port)
  report('Loa over mosquitto', figures)
  await mosquitto.close()
  report('mosquitto alone', await throughBareMosquitto())
}

async function overRabbitMq(): Promise<void> {
  if (whyNoRabbitMq) return console.log(`RabbitMQ was left out: ${whyNoRabbitMq}`)
  const { port, account, close } = await startRabbitMq()
  report('Loa over RabbitMQ', await throughHub(`mqtt://${account}@127.0.0.1:${port}`, port, account))
  await close()
}

/** From the commit in the database to what each device has in hand, and back to what the database holds. */
async function throughHub(outside: string | null, brokerPort?: number, account = ''): Promise<Figures> {
  const hub = await started('hub-process.ts', [stage.databaseUrl, stage.folder, outside ?? ''])
  const port = brokerPort ?? (hub.first as { port: number }).port
  const figures: Figures = { connectMs: 0, acknowledgedMs: [], inHandMs: [], soundedMs: [], megabytes: 0 }
  const began = performance.now()
  const devices = await devicesAt(port, account)
  figures.connectMs = performance.now() - began
  await untilAll(stage.acknowledged)
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = await stage.touchAll()
    await untilAll(stage.acknowledged)
    figures.acknowledgedMs.push(Date.now() - from)
    await ask(hub.child, 'emergency')
    await heardBy(devices)
    const pressed = await stage.touchAll()
    await allHeard(devices, pressed, figures)
    await ask(hub.child, 'calm')
    await stage.touchAll()
    await untilAll(stage.acknowledged)
  }
  figures.megabytes = ((await ask(hub.child, 'memory')) as { rss: number }).rss / 1_048_576
  for (const one of [...devices, hub.child]) await ended(one)
  return figures
}

/** The same bytes handed to a broker that asks nothing and keeps nothing. */
async function throughBareMosquitto(): Promise<Figures> {
  const mosquitto = await startMosquitto(null)
  const client = await connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, { protocolVersion: 4 })
  let answers = 0
  client.on('message', () => (answers += 1))
  await client.subscribeAsync(topics.up('+'), { qos: 1 })
  const key = { id: 'bench', privateKey: generateKeyPairSync('ed25519').privateKey }
  const say = (body: (version: number) => DownBody, topic: (station: string) => string, version: number) =>
    Promise.all(
      stage.stations.map((station) => {
        const bytes = seal({ v: 1, to: `s/${station}`, seq: version, body: body(version) }, key)
        return client.publishAsync(topic(station), bytes, { qos: 1, retain: true })
      }),
    )
  const week = JSON.parse(JSON.stringify(weekFrom(Date.now()))) as Pick<
    DownBody & { kind: 'schedule' },
    'broadcasts' | 'plays'
  >
  const schedule = (version: number): DownBody => ({
    ...{ kind: 'schedule', version, ...week, volume: 80, volumeHours: [], quiet: null, chime: true },
  })
  const emergency = JSON.parse(JSON.stringify({ kind: 'emergency', plays: [emergencyAt(Date.now())] })) as DownBody
  await say(schedule, topics.station, 1)
  const figures: Figures = { connectMs: 0, acknowledgedMs: [], inHandMs: [], soundedMs: [], megabytes: 0 }
  const began = performance.now()
  const devices = await devicesAt(mosquitto.port, '', 'all light')
  figures.connectMs = performance.now() - began
  await untilAll(async () => answers)
  for (let round = 0; round < ROUNDS; round += 1) {
    answers = 0
    const from = Date.now()
    await say(schedule, topics.station, round + 2)
    await untilAll(async () => answers)
    figures.acknowledgedMs.push(Date.now() - from)
    await heardBy(devices)
    const pressed = Date.now()
    await say(() => emergency, topics.emergency, round + 1)
    await allHeard(devices, pressed, figures)
  }
  figures.megabytes = await residentMegabytes(mosquitto.pid)
  for (const one of devices) await ended(one)
  await client.endAsync(true)
  await mosquitto.close()
  return figures
}

async function devicesAt(port: number, account = '', allLight = ''): Promise<ChildProcess[]> {
  const args = [String(port), String(account ? FEW_AT_ONCE : AT_ONCE), account, allLight]
  const all = await Promise.all(stage.files.map((file) => started('devices-process.ts', [file, ...args])))
  return all.map(({ child }) => child)
}

async function started(file: string, args: readonly string[]) {
  const child = fork(join(import.meta.dirname, 'speakers', file), args)
  const [first] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`${file} ended`)
    }),
  ])) as [unknown]
  return { child, first }
}

async function ask(child: ChildProcess, what: string): Promise<unknown> {
  child.send(what)
  const [answer] = (await once(child, 'message')) as [unknown]
  return answer
}

interface HeardOf {
  readonly emergencies: number[]
  readonly sounded: number[]
}

/** Moments at which devices have had an emergency in hand, and it sounded, since they were asked before. */
async function heardBy(devices: readonly ChildProcess[]): Promise<HeardOf> {
  const answers = (await Promise.all(devices.map((one) => ask(one, 'heard')))) as HeardOf[]
  return {
    emergencies: answers.flatMap(({ emergencies }) => emergencies),
    sounded: answers.flatMap(({ sounded }) => sounded),
  }
}

async function allHeard(devices: readonly ChildProcess[], since: number, figures: Figures): Promise<void> {
  let count = 0
  await untilAll(async () => {
    const { emergencies, sounded } = await heardBy(devices)
    figures.inHandMs.push(...emergencies.map((moment) => moment - since))
    figures.soundedMs.push(...sounded.map((moment) => moment - since))
    return (count += emergencies.length)
  })
}

async function untilAll(count: () => Promise<number>): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const now = await count()
    if (now >= DEVICES) return
    if (Date.now() > until) throw new Error(`only ${now} of ${DEVICES} after ${PATIENCE_MS / 1_000} s`)
    await wait(50)
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.disconnect()
  setTimeout(() => child.kill('SIGKILL'), 20_000).unref()
  await gone
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0
}

function report(who: string, { connectMs, acknowledgedMs, inHandMs, soundedMs, megabytes }: Figures): void {
  console.log(`${who}, ${DEVICES} devices`)
  console.log(`  all connected and subscribed   ${Math.round(connectMs)} ms`)
  console.log(`  schedule to all acknowledged   ${acknowledgedMs.map(Math.round).join(', ')} ms`)
  console.log(
    `  emergency in hand of a device  p50 ${at(inHandMs, 0.5)} ms, p99 ${at(inHandMs, 0.99)} ms, last ${at(inHandMs, 1)} ms`,
  )
  if (soundedMs.length > 0) {
    const times = [0.5, 0.99, 1].map((share) => at(soundedMs, share))
    console.log(
      `  sounding, at ${soundedMs.length / ROUNDS} whole agents    p50 ${times[0]} ms, p99 ${times[1]} ms, last ${times[2]} ms`,
    )
  }
  console.log(`  memory of its process          ${Math.round(megabytes)} MB`)
}

function judge(what: string, found: number, most: number): void {
  console.log(`${found <= most ? 'holds ' : 'BROKEN'} ${what}: ${found} (at most ${most})`)
  if (found > most) process.exitCode = 1
}

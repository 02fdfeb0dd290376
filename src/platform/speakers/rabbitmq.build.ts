import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../database/index.ts'
import { whenListening } from './own-program.build.ts'

const PROGRAM = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/usr/local/sbin/rabbitmq-server'].find(existsSync)

/** Why no RabbitMQ can be tried here, with the remedy; null where it can. */
export const whyNoRabbitMq = PROGRAM ? null : 'no RabbitMQ here; get one with: apt-get install rabbitmq-server'

export interface RabbitMq {
  readonly port: number
  /** `name:password` of the account that may all. */
  readonly account: string
  /** Of its management, with that account. */
  readonly api: string
  close(): Promise<void>
}

/** Its schedulers else turn in place for a while when they have nothing to do, on processors that others need. */
const NO_BUSY_WAIT = '+sbwt none +sbwtdcpu none +sbwtdio none'
/** Before 3.12 each device has some twenty processes in it: what it is usually given for bytes on their way is too much. */
const BUFFER_BYTES = 4_096

/** A RabbitMQ of its own with its MQTT on a free port of 127.0.0.1. */
export async function startRabbitMq(): Promise<RabbitMq> {
  if (!PROGRAM) throw new Error(String(whyNoRabbitMq))
  const folder = await mkdtemp(join(tmpdir(), 'loa-rabbitmq-'))
  const ports = await Promise.all(Array.from({ length: 5 }, () => freePort()))
  const [port = 0, amqp, api = 0, between, namesPort] = ports
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${amqp}`,
    `mqtt.listeners.tcp.1 = 127.0.0.1:${port}`,
    ...['sndbuf', 'recbuf', 'buffer'].map((buffer) => `mqtt.tcp_listen_options.${buffer} = ${BUFFER_BYTES}`),
    'mqtt.tcp_listen_options.backlog = 4096',
    'mqtt.allow_anonymous = false',
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${api}`,
    'log.file.level = warning',
  ]
  await writeFile(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`)
  await writeFile(join(folder, 'enabled_plugins'), '[rabbitmq_mqtt,rabbitmq_management].\n')
  // Its directory of names would outlive it if it began it by itself.
  const directory = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(namesPort),
  }
  const names = spawn('epmd', [], { stdio: 'ignore', env: directory })
  const child = spawn(PROGRAM, [], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: {
      ...directory,
      HOME: folder,
      RABBITMQ_NODENAME: `loa${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_DIST_PORT: String(between),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-kernel inet_dist_use_interface {127,0,0,1} ${NO_BUSY_WAIT}`,
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
    },
  })
  const { gone } = await whenListening(child, 'RabbitMQ', port)
  await whenListening(child, 'the management of RabbitMQ', api)
  return {
    port,
    account: 'guest:guest',
    api: `http://guest:guest@127.0.0.1:${api}`,
    async close() {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
      await gone
      names.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../../platform/database/index.ts'

/** Why Kannel cannot be started here; empty when it can. */
export const whyNoKannel = hasKannel() ? '' : ' (no Kannel here; get it with: apt-get install kannel)'

/** A Kannel of our own: bearerbox bound to a centre, smsbox that takes texts by HTTP. */
export interface Kannel {
  /** Where a GET with `to`, `text`, `from` and more sends a text. */
  readonly sendUrl: string
  stop(): Promise<void>
}

interface KannelOptions {
  readonly centrePort: number
  /** How many texts it may have under way at the centre. */
  readonly windowSize: number
  /** Where it asks what to answer when a phone writes. */
  readonly phoneUrl: string
}

export async function startKannel(options: KannelOptions): Promise<Kannel> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-kannel-'))
  const [adminPort, boxPort, sendPort] = [await freePort(), await freePort(), await freePort()]
  const file = join(folder, 'kannel.conf')
  await writeFile(file, configuration({ ...options, adminPort, boxPort, sendPort }))
  // Level 4 says only what has gone wrong for good: the log would else be what is measured.
  const start = (program: string) => spawn(program, ['-v', '4', file], { cwd: folder, stdio: 'ignore' })
  const bearerbox = start('bearerbox')
  await untilOnline(adminPort)
  const smsbox = start('smsbox')
  await untilListening(sendPort)
  return {
    sendUrl: `http://127.0.0.1:${sendPort}/cgi-bin/sendsms?username=loa&password=loa`,
    async stop() {
      for (const child of [smsbox, bearerbox]) await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** As its User Guide names them; delivery reports and queues in memory alone, where it is fastest. */
function configuration(given: KannelOptions & { adminPort: number; boxPort: number; sendPort: number }): string {
  const groups = [
    ['core', { 'admin-port': given.adminPort, 'admin-password': 'loa', 'admin-interface': '127.0.0.1' }],
    ['', { 'smsbox-port': given.boxPort, 'smsbox-interface': '127.0.0.1', 'dlr-storage': 'internal' }],
    ['smsc', { smsc: 'smpp', 'smsc-id': 'loa', host: '127.0.0.1', port: given.centrePort, 'transceiver-mode': 'true' }],
    ['', { 'smsc-username': 'kannel', 'smsc-password': 'kannel', 'system-type': '', 'enquire-link-interval': 1 }],
    ['', { 'max-pending-submits': given.windowSize }],
    ['smsbox', { 'bearerbox-host': '127.0.0.1', 'sendsms-port': given.sendPort, 'sendsms-interface': '127.0.0.1' }],
    ['sendsms-user', { username: 'loa', password: 'loa', 'max-messages': 10, concatenation: 'true' }],
    ['sms-service', { keyword: 'default', 'get-url': `${given.phoneUrl}?from=%q&text=%a`, 'max-messages': 1 }],
  ] as const
  return groups
    .map(([name, settings]) => {
      const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value === '' ? '""' : value}`)
      return `${name ? `\ngroup = ${name}\n` : ''}${lines.join('\n')}\n`
    })
    .join('')
}

async function untilOnline(adminPort: number): Promise<void> {
  await until(async () => {
    const response = await fetch(`http://127.0.0.1:${adminPort}/status.txt?password=loa`)
    return /loa\[loa\].*online/i.test(await response.text())
  })
}

async function untilListening(port: number): Promise<void> {
  await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 200; time += 1) {
    if (await holds().catch(() => false)) return
    await wait(50)
  }
  throw new Error('Kannel did not come up within ten seconds')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await once(child, 'exit')
  clearTimeout(killer)
}

function hasKannel(): boolean {
  try {
    return execFileSync('sh', ['-c', 'command -v bearerbox && command -v smsbox'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
}

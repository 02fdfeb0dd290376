import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../database/index.ts'
import { whenListening } from './own-program.build.ts'

const PROGRAM = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync)

/** Why no mosquitto can be tried here, with the remedy; null where it can. */
export const whyNoMosquitto = PROGRAM ? null : 'no mosquitto here; get one with: apt-get install mosquitto'

export interface Mosquitto {
  readonly port: number
  readonly pid: number
  /** Puts other accounts in place; those it does not know any more are dropped. */
  accounts(files: { readonly passwords: string; readonly acl: string }): Promise<void>
  /** As when its machine loses power: what it kept is gone. */
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** A mosquitto of its own on a free port of 127.0.0.1, set up as docs/operations.md says. */
export async function startMosquitto(
  files: { readonly passwords: string; readonly acl: string } | null,
  more: readonly string[] = [],
): Promise<Mosquitto> {
  if (!PROGRAM) throw new Error(String(whyNoMosquitto))
  const folder = await mkdtemp(join(tmpdir(), 'loa-mosquitto-'))
  const port = await freePort()
  const conf = join(folder, 'mosquitto.conf')
  const rights = files
    ? ['allow_anonymous false', `password_file ${folder}/loa.passwd`, `acl_file ${folder}/loa.acl`]
    : ['allow_anonymous true']
  const lines = [
    `listener ${port} 127.0.0.1`,
    'persistence false',
    'message_size_limit 512000',
    'max_queued_messages 0',
    ...rights,
    ...more,
  ]
  if (process.getuid?.() === 0) lines.push('user root')
  if (files) lines.push('use_username_as_clientid true')
  await writeFile(conf, `${lines.join('\n')}\n`)
  const write = async (given: { readonly passwords: string; readonly acl: string }) => {
    await writeFile(join(folder, 'loa.passwd'), given.passwords, { mode: 0o600 })
    await writeFile(join(folder, 'loa.acl'), given.acl, { mode: 0o600 })
  }
  if (files) await write(files)
  let running = await run(conf, port)
  return {
    port,
    get pid() {
      return running.pid
    },
    async accounts(given) {
      await write(given)
      running.hup()
    },
    kill: () => running.kill(),
    async start() {
      running = await run(conf, port)
    },
    async close() {
      await running.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function run(conf: string, port: number) {
  const child = spawn(String(PROGRAM), ['-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] })
  const { gone } = await whenListening(child, 'mosquitto', port)
  return {
    pid: child.pid ?? 0,
    hup: () => child.kill('SIGHUP'),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { browserProgram, QUIET } from './browser.ts'

const STARTS_WITHIN_MS = 30_000

/** A browser with a memory of its own, as on a phone: what it keeps is there when it is started again. */
export interface Phone {
  /** Starts it and opens a page. */
  start(): Promise<Page>
  /** Kills it without a word, as an empty battery does. */
  kill(): Promise<void>
  /** Kills it and throws it away. */
  lose(): Promise<void>
}

export async function openPhone(): Promise<Phone> {
  const memory = await mkdtemp(join(tmpdir(), 'loa-phone-'))
  let running: ChildProcess | null = null

  async function kill(): Promise<void> {
    const phone = running
    running = null
    if (!phone?.pid || phone.exitCode !== null) return
    const gone = new Promise<void>((resolve) => phone.once('exit', () => resolve()))
    // The whole group: a browser is many processes.
    process.kill(-phone.pid, 'SIGKILL')
    await gone
  }

  return {
    kill,
    async start() {
      const port = await freePort()
      const own = [`--user-data-dir=${memory}`, `--remote-debugging-port=${port}`, '--headless=new', '--lang=vi-VN']
      running = spawn(browserProgram ?? '', [...QUIET, ...own, 'about:blank'], { detached: true, stdio: 'ignore' })
      const browser = await reach(`http://127.0.0.1:${port}`)
      const [context] = browser.contexts()
      if (!context) throw new Error('The browser has opened nothing')
      const page = await context.newPage()
      await page.setViewportSize({ width: 390, height: 844 })
      return page
    },
    async lose() {
      await kill()
      await rm(memory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function reach(address: string) {
  const until = Date.now() + STARTS_WITHIN_MS
  for (;;) {
    try {
      return await chromium.connectOverCDP(address)
    } catch (thrown) {
      if (Date.now() > until) throw thrown
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { browserProgram, QUIET } from './browser.ts'
import { ownPort } from './own-port.ts'

const STARTS_WITHIN_MS = 30_000

/** A browser with a memory of its own, as on a phone: what it keeps is there when it is started again. */
export interface Phone {
  /** Starts it and opens a page. */
  start(): Promise<Page>
  /** Closes it in peace, so that all it knows is on its disk: a browser writes cookies down only now and again. */
  rest(): Promise<void>
  /** Kills it without a word, as an empty battery does. */
  kill(): Promise<void>
  /** Kills it and throws it away. */
  lose(): Promise<void>
}

export async function openPhone(): Promise<Phone> {
  const memory = await mkdtemp(join(tmpdir(), 'loa-phone-'))
  let running: ChildProcess | null = null
  let reached: Browser | null = null

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
    async rest() {
      const gone = new Promise<void>((resolve) => running?.once('exit', () => resolve()))
      const session = await reached?.newBrowserCDPSession()
      await session?.send('Browser.close').catch(() => undefined) // it may be gone before it answers
      await gone
      running = null
    },
    async start() {
      const port = await ownPort()
      const own = [`--user-data-dir=${memory}`, `--remote-debugging-port=${port}`, '--headless=new', '--lang=vi-VN']
      running = spawn(browserProgram ?? '', [...QUIET, ...own, 'about:blank'], { detached: true, stdio: 'ignore' })
      const browser = await reach(`http://127.0.0.1:${port}`)
      reached = browser
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

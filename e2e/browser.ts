import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

// The shell first: each new visitor costs the whole browser a window of its own, a second of a core.
const CHROMIUM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
/**
 * Given once, it takes the place of what Playwright switches off itself: so that much of it as our pages meet. Without
 * `RenderDocument` a page that follows another on the same site keeps its frame, and costs a fifth less.
 */
const SWITCHED_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'RenderDocument',
  'ThirdPartyStoragePartitioning',
]
export const QUIET = [
  `--disable-features=${SWITCHED_OFF.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
]

/** The program of the browser; absent where there is none. */
export const browserProgram = CHROMIUM.find(existsSync)

/** Why stories with a browser are skipped here, with the remedy; null when they can be told. */
export const whyNoBrowser = browserProgram
  ? null
  : 'no browser here; get one with: apt-get install chromium-headless-shell'

let running: Browser | null = null

/** The browser of this worker, which tells one story after the other in it; it ends with the worker. */
export async function openBrowser(): Promise<Browser> {
  if (!running?.isConnected()) {
    running = await chromium.launch({ executablePath: browserProgram, headless: true, args: QUIET })
  }
  return running
}

/** Closes all that a story has opened in it, so that the next finds nothing of it. */
export async function leaveBrowser(browser: Browser | undefined): Promise<void> {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? [])
}

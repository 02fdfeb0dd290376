import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const QUIET = [
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
export const whyNoBrowser = browserProgram ? null : 'no browser here; get one with: apt-get install chromium'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserProgram, headless: true, args: QUIET })
}

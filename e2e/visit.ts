import axe from 'axe-core'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RunningApp } from './running-app.ts'

/** Whoever works on a page looks at its pictures; the whole run, whose pictures nobody looks at, takes none. */
const PICTURES = process.env['LOA_PICTURES'] !== '0'
const SCREENSHOTS = join(import.meta.dirname, '../var/screenshots')
const DESK = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 900 }
const LOOKS_EVERY_MS = 1_000

// Without the last part its own object would be sent back.
const AXE = `${axe.source}; 0`
const twins = new WeakMap<Browser, Promise<Page>>()

/** A page of somebody at a desk, in Vietnamese. Pages must work without scripts, so stories run without unless they say so. */
export async function openPage(browser: Browser, address: string, scripts = false): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: address,
    locale: 'vi-VN',
    javaScriptEnabled: scripts,
    viewport: DESK,
  })
  return context.newPage()
}

/**
 * A page of one of the demonstration's cast, who has signed in already, as most do on a morning: stories that tell of
 * signing in do it by `signInAs`.
 */
export async function visitAs(
  browser: Browser,
  { address, sessions }: Pick<RunningApp, 'address' | 'sessions'>,
  username: string,
  scripts = false,
): Promise<Page> {
  const page = await openPage(browser, address, scripts)
  const [name = '', value = ''] = sessions.get(username) ?? []
  await page.context().addCookies([{ name, value, url: address, httpOnly: true, sameSite: 'Lax' }])
  await page.goto('/')
  await page.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
  return page
}

/** Looks at an address again and again until the page says so, for at most `ms` milliseconds. */
export async function lookUntil(page: Page, address: string, words: string | RegExp, ms = 60_000): Promise<void> {
  await lookUntilThere(page, address, page.getByText(words), ms)
  await page.getByText(words).first().waitFor({ timeout: 1_000 })
}

/** The same for whatever can be found on a page. */
export async function lookUntilThere(page: Page, address: string, wanted: Locator, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  let seen = ''
  for (;;) {
    // Fetched alone, and shown when it says anything new: a browser works hard for each page that it shows.
    const now = await saidAt(page, address)
    if (now !== seen) {
      // A page that looks again by itself may be about to.
      const answer = await page.goto(address).catch(() => null)
      seen = answer ? now : ''
      if ((await wanted.count()) > 0) break
    }
    if (Date.now() > end) break
    await page.waitForTimeout(LOOKS_EVERY_MS)
  }
  await wanted.first().waitFor({ state: 'attached', timeout: 1_000 })
}

/** A page as it is written, without what is another at each writing. */
async function saidAt(page: Page, address: string): Promise<string> {
  const answer = await page.request.get(address)
  return (await answer.text()).replace(/ nonce="[^"]*"|'nonce-[^']*'/g, '')
}

export async function signInAs(page: Page, username: string, password: string | undefined): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu').fill(password ?? '')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
}

/** Checks the page as it stands by what axe can check, and its width on a phone and on a desk; takes its pictures. */
export async function inspect(page: Page, name: string): Promise<void> {
  await look(page, name, PHONE)
  expect(await findingsOn(page), `${name} has barriers`).toEqual([])
  await look(page, name, DESK)
}

async function look(page: Page, name: string, size: typeof DESK): Promise<void> {
  await page.setViewportSize(size)
  if (PICTURES) await page.screenshot({ path: join(SCREENSHOTS, `${name}-${size.width}.png`), fullPage: true })
  expect(await scrollsSideways(page), `${name} is wider than a screen of ${size.width} pixels`).toBe(false)
}

/** The page as it stands, shown once more in a page with scripts: axe needs them, and stories are told without. */
async function findingsOn(page: Page): Promise<string[]> {
  const browser = page.context().browser()
  if (!browser) throw new Error('The page belongs to no browser')
  const standing = await twins.get(browser)
  const twin = standing && !standing.isClosed() ? standing : await openTwin(browser, page.url())
  await twin.setContent(await page.content())
  // A page that looks again by itself has led the twin away.
  if (!(await twin.evaluate<boolean>('Boolean(window.axe)'))) await twin.evaluate(AXE)
  return twin.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'], selectors: false })
    return violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html).join(' | '))
  })()`)
}

/** One for each story, on the site of this address: what is shown in it leaves axe where it is. */
function openTwin(browser: Browser, address: string): Promise<Page> {
  const open = async () => {
    const context = await browser.newContext({ viewport: PHONE })
    const twin = await context.newPage()
    await twin.goto(new URL('/sign-in', address).href)
    return twin
  }
  const twin = open()
  twins.set(browser, twin)
  return twin
}

/** Asks a page whose own scripts are switched off, through the debugger, which is not. */
async function scrollsSideways(page: Page): Promise<boolean> {
  const session = await page.context().newCDPSession(page)
  const expression = 'document.documentElement.scrollWidth > window.innerWidth'
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true })
  await session.detach()
  return result.value === true
}

import axe from 'axe-core'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

const SCREENSHOTS = join(import.meta.dirname, '../var/screenshots')
const WIDTHS = [390, 1280] as const

/** A page of somebody at a desk, in Vietnamese. Pages must work without scripts, so stories run without unless they say so. */
export async function openPage(browser: Browser, address: string, scripts = false): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: address,
    locale: 'vi-VN',
    javaScriptEnabled: scripts,
    viewport: { width: 1280, height: 900 },
  })
  return context.newPage()
}

export async function signInAs(page: Page, username: string, password: string | undefined): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu').fill(password ?? '')
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
}

/** Checks what axe can check on the page as it stands, and takes its picture on a phone and on a desk. */
export async function inspect(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`), fullPage: true })
    expect(await scrollsSideways(page), `${name} is wider than a screen of ${width} pixels`).toBe(false)
  }
  expect(await findingsOn(page), `${name} has barriers`).toEqual([])
}

/** The page as it stands, shown once more in a page with scripts: axe needs them, and stories are told without. */
async function findingsOn(page: Page): Promise<string[]> {
  const context = await page.context().browser()?.newContext()
  if (!context) throw new Error('The page belongs to no browser')
  const twin = await context.newPage()
  const html = await page.content()
  await twin.route(page.url().split('#')[0] ?? '', (route) => route.fulfill({ body: html, contentType: 'text/html' }))
  await twin.goto(page.url())
  const findings = await twin.evaluate<string[]>(`(async () => {
    ${axe.source}
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map((node) => node.html).join(' | '))
  })()`)
  await context.close()
  return findings
}

/** Asks a page whose own scripts are switched off, through the debugger, which is not. */
async function scrollsSideways(page: Page): Promise<boolean> {
  const session = await page.context().newCDPSession(page)
  const expression = 'document.documentElement.scrollWidth > window.innerWidth'
  const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true })
  await session.detach()
  return result.value === true
}

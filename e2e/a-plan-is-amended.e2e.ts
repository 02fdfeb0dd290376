import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntilThere, visitAs } from './visit.ts'

const SAMPLE = join(import.meta.dirname, '../examples/plans/mua-ban-nguoi-2024.txt')
const READ_WITHIN_MS = 60_000

describe.skipIf(whyNoBrowser !== null)(`a plan is amended${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    page = await visitAs(browser, app, 'tinh')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function importPlan(text: string, from: string): Promise<void> {
    await page.goto(from)
    const file = { name: 'ke-hoach.txt', mimeType: 'text/plain', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('main form button[type=submit]').click()
    const address = page.url().split('?')[0] ?? ''
    await lookUntilThere(page, address, page.locator('article.item'), READ_WITHIN_MS)
    await page.getByRole('button', { name: /mục còn lại/ }).click()
  }

  test(
    'clause by clause, and only the tasks of the clause that changed are issued again',
    { timeout: 240_000 },
    async () => {
      const text = await readFile(SAMPLE, 'utf8')
      await importPlan(text, '/plans/import')
      await page.getByRole('button', { name: 'Xác nhận kế hoạch' }).click()
      await page.waitForURL(/\/campaigns\//)
      await page.locator('main a[href^="/plans/"]').first().click()
      const amendment = await page.locator('a[href*="amends="]').getAttribute('href')
      const amended = text
        .replace('trước ngày 30/11/2024', 'trước ngày 15/11/2024')
        .replace('- Mở chuyên mục, đăng ít nhất 02 tin, bài/tháng', '- Mở chuyên mục, đăng ít nhất 04 tin, bài/tháng')
      await importPlan(amended, amendment ?? '')
      await page.getByRole('link', { name: 'So với bản trước' }).click()
      const words = await page.locator('main').innerText()
      expect(words).toMatch(/Giao lại vì có thay đổi\s+10 nhiệm vụ/)
      expect(words).toMatch(/Giữ nguyên, giữ cả lịch sử\s+12 nhiệm vụ/)
      expect(await page.locator('section', { hasText: 'Từng điều khoản' }).locator('article.item').count()).toBe(2)
      await inspect(page, 'plan-changes')
      await page.goBack()
      await page.getByRole('button', { name: 'Xác nhận kế hoạch' }).click()
      await page.waitForURL(/\/campaigns\//)
      await inspect(page, 'campaign-amended')
    },
  )
})

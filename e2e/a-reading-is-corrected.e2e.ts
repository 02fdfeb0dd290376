import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LINES } from '../src/platform/documents/scan/scan-sample.build.ts'
import { buildScannedPdf } from '../src/platform/documents/scan/scan.build.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, lookUntilThere, visitAs } from './visit.ts'

const SAMPLE = join(import.meta.dirname, '../examples/plans/mua-ban-nguoi-2024.txt')
const READ_WITHIN_MS = 120_000

describe.skipIf(whyNoBrowser !== null)(`a reading is corrected${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    page = await visitAs(browser, app, 'tinh', true)
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function imported(file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<string> {
    await page.goto('/plans/import')
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('main form button[type=submit]').click()
    await page.waitForURL(/\/plans\/[0-9a-f-]{36}/)
    const address = page.url().split('?')[0] ?? ''
    await lookUntilThere(page, address, page.locator('article.item'), READ_WITHIN_MS)
    return address
  }

  test('the keyboard walks the items, lights their words and says right', { timeout: 240_000 }, async () => {
    await imported(SAMPLE)
    const proposed = await page.locator('article.item[data-state=proposed]').count()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await page.evaluate('document.activeElement.className')).toContain('item')
    expect(await page.locator('mark.lit').count()).toBeGreaterThan(0)
    await inspect(page, 'plan-walked')
    await page.keyboard.press('Enter')
    await page.waitForLoadState()
    const left = () => page.locator('article.item[data-state=proposed]').count()
    await expect.poll(left, { timeout: 10_000 }).toBe(proposed - 1)
  })

  test('an item is corrected, dropped and added; what the machine read stays beside it', async () => {
    const slogan = page.locator('article.item', { hasText: 'Khẩu hiệu' }).first()
    await slogan.getByRole('link', { name: /^Sửa/ }).click()
    await inspect(page, 'item-edit')
    await page.getByLabel('Nội dung').fill('Tỉnh táo trước lời rủ rê đi làm xa')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Tỉnh táo trước lời rủ rê đi làm xa').first().waitFor()
    const corrected = page.locator('article.item[data-state=corrected]').first()
    expect(await corrected.innerText()).toContain('Tỉnh táo trước lời rủ rê')
    await page.locator('article.item', { hasText: 'Hình thức' }).first().getByRole('button', { name: /^Bỏ/ }).click()
    await page.locator('article.item[data-state=dropped]').first().waitFor()
    const plan = page.url().split(/[?#]/)[0] ?? ''
    await page.goto(`${plan}/items/new?kind=duty`)
    await inspect(page, 'item-new-duty')
    await page.getByLabel('Nội dung').fill('Dịch bản tin mẫu sang tiếng Mông')
    await page.getByLabel('Giao cho').fill('STTTT-LC')
    await page.getByLabel('Hạn hoàn thành').fill('2024-06-20')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.locator('article.item[data-state=added]', { hasText: 'tiếng Mông' }).waitFor()
    await inspect(page, 'plan-corrected')
  })

  test(
    'a scan is read with its doubts marked on the page, mended by hand and read again',
    { timeout: 300_000 },
    async () => {
      const scan = await buildScannedPdf([LINES])
      const plan = await imported({ name: 'ban-quet.pdf', mimeType: 'application/pdf', buffer: scan })
      await inspect(page, 'plan-scanned')
      await page.goto(`${plan}/text`)
      expect(await page.locator('svg.scan image').count()).toBe(1)
      await inspect(page, 'plan-mend')
      const text = page.getByLabel('Chữ của kế hoạch')
      await text.fill((await text.inputValue()).replace('ít nhất 02 lần', 'ít nhất 03 lần'))
      await page.getByRole('button', { name: 'Lưu và đọc lại' }).click()
      await page.getByText('Đã lưu chữ và đọc lại kế hoạch.').waitFor()
      await lookUntil(page, page.url(), 'ít nhất 03 lần', READ_WITHIN_MS)
      await inspect(page, 'plan-mended')
    },
  )
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, lookUntilThere, visitAs } from './visit.ts'

const PLAN = join(import.meta.dirname, '../../shared/plans/ke-hoach-74-kh-stttt-2023.txt')
const OWN_SAMPLE = join(import.meta.dirname, '../examples/plans/mua-ban-nguoi-2024.txt')
const READ_WITHIN_MS = 60_000
/** A story starts all of Loa and walks many pages: on a busy machine that takes a while. */
const STORY_MS = 240_000

describe.skipIf(whyNoBrowser !== null)(`a plan is imported${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
  }, STORY_MS)
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  test.skipIf(!existsSync(PLAN))(
    'plan 74 through the page, confirmed, and its tasks wait for three organisations (needs ../shared)',
    async () => {
      const page = await visitAs(browser, app, 'tinh')
      await page.goto('/plans/import')
      await page.locator('input[type=file]').setInputFiles(PLAN)
      await page.locator('main form button[type=submit]').click()
      const planAddress = page.url().split('?')[0] ?? ''
      await lookUntilThere(page, planAddress, page.locator('article.item'), READ_WITHIN_MS)
      await page.getByText('74/KH-STTTT').first().waitFor()
      await inspect(page, 'plan-read')

      await page.getByRole('button', { name: /mục còn lại/ }).click()
      await page.getByRole('button', { name: 'Xác nhận kế hoạch' }).click()
      await page.waitForURL(/\/campaigns\//)
      await page.getByText('01/7/2023 – 30/9/2023').first().waitFor()
      await inspect(page, 'campaign')

      for (const [username, words] of [
        ['congan', 'chủ động cung'],
        ['baolaocai', 'Báo Lào Cai'],
        ['batxat', 'Phòng Văn hóa Thông tin'],
      ] as const) {
        const theirs = await visitAs(browser, app, username)
        await theirs.goto('/tasks?state=all')
        expect(await theirs.locator('main').innerText(), `${username} sees the task`).toContain(words)
        await inspect(theirs, `tasks-of-${username}`)
        await theirs.context().close()
      }
    },
  )

  test('the same file again leads to the plan that stands', { timeout: STORY_MS }, async () => {
    const page = await visitAs(browser, app, 'tinh')
    for (const answer of [/plans\/[0-9a-f-]+(?!.*plan_known)/, /done=plan_known/]) {
      await page.goto('/plans/import')
      await page.locator('input[type=file]').setInputFiles(OWN_SAMPLE)
      await page.locator('main form button[type=submit]').click()
      await page.waitForURL(answer)
    }
    await lookUntil(page, page.url(), '15/KH-STTTT', READ_WITHIN_MS)
  })

  test(
    'a file that cannot be read is refused in words, and nothing stays half-way',
    { timeout: STORY_MS },
    async () => {
      const page = await visitAs(browser, app, 'tinh')
      await page.goto('/plans/import')
      const broken = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(4_000, 7)])
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'hong.pdf', mimeType: 'application/pdf', buffer: broken })
      await page.locator('main form button[type=submit]').click()
      const address = page.url().split('?')[0] ?? ''
      const until = Date.now() + READ_WITHIN_MS
      let words = ''
      while (!/không đọc được|hỏng/i.test(words) && Date.now() < until) {
        await page.waitForTimeout(300)
        await page.goto(address)
        words = await page.locator('main').innerText()
      }
      expect(words).toMatch(/không đọc được|hỏng/i)
      expect(await page.locator('article.item').count()).toBe(0)
      await inspect(page, 'plan-refused')
    },
  )
})

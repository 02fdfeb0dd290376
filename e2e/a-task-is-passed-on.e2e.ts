import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

describe.skipIf(whyNoBrowser !== null)(`a task is passed on${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let commune: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    commune = await visitAs(browser, app, 'banho')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function openFirst(words: RegExp): Promise<void> {
    await commune.goto('/tasks?state=all')
    await commune.getByRole('link', { name: words }).first().click()
  }

  test('the commune gives parts of it to its office and station, and gathers them back', async () => {
    await openFirst(/treo băng rôn/)
    await commune.getByRole('button', { name: 'Nhận việc' }).click()
    await commune.getByText('Đã nhận việc.').waitFor()
    await commune.locator('summary', { hasText: 'Giao xuống' }).click()
    await commune.getByLabel(/Phòng Văn hóa - Xã hội xã Bản Hồ/).check()
    await commune.getByLabel(/Đài truyền thanh xã Bản Hồ/).check()
    await inspect(commune, 'task-cascade')
    await commune.getByRole('button', { name: 'Giao xuống' }).click()
    await commune.getByText('Đã giao xuống.').waitFor()
    await inspect(commune, 'task-with-parts')
    const whole = commune.url().split('?')[0] ?? ''
    await commune.getByText(/phần/).first().waitFor()
    await commune
      .getByRole('link', { name: /Phòng Văn hóa - Xã hội/ })
      .last()
      .click()
    await commune.getByRole('button', { name: 'Nhận việc' }).click()
    await commune.getByText('Đã nhận việc.').waitFor()
    await commune.locator('summary', { hasText: 'Kèm sản phẩm' }).click()
    await commune.getByLabel('Tên', { exact: true }).fill('Ảnh băng rôn')
    const picture = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('picture') }
    await commune.getByLabel('Tệp hoặc ảnh').setInputFiles(picture)
    await commune.getByRole('button', { name: 'Kèm vào' }).click()
    await commune.getByRole('button', { name: 'Báo hoàn thành' }).click()
    await commune.getByText('Đã báo hoàn thành.').waitFor()
    await commune.goto(whole)
    await inspect(commune, 'task-half-gathered')
    expect(await commune.locator('main').innerText()).toMatch(/1.*xong/i)
    expect(await commune.getByRole('button', { name: 'Báo hoàn thành' }).getAttribute('aria-disabled')).toBe('true')
  })

  test('a task that belongs elsewhere is handed over with the reason, and leaves the list', async () => {
    await openFirst(/Báo cáo kết quả/)
    const path = new URL(commune.url()).pathname
    await commune.locator('summary', { hasText: 'Chuyển đơn vị khác' }).click()
    const form = commune.locator('form[action="?/handOver"]')
    await form.getByLabel('Chuyển cho').fill('KHONG-CO')
    await form.getByLabel('Lý do').fill('Đài truyền thanh lập báo cáo này.')
    await form.getByRole('button', { name: 'Chuyển đơn vị khác' }).click()
    expect(await form.getByLabel('Lý do').inputValue()).toBe('Đài truyền thanh lập báo cáo này.')
    await inspect(commune, 'task-hand-over-refused')
    await form.getByLabel('Chuyển cho').fill('DTT-03046')
    await form.getByRole('button', { name: 'Chuyển đơn vị khác' }).click()
    await commune.getByText('Đã chuyển.').waitFor()
    await inspect(commune, 'task-handed-over')
    expect(new URL(commune.url()).pathname).toBe(path)
    expect(await commune.locator('main').innerText()).toContain('Đài truyền thanh xã Bản Hồ')
  })

  test('paper, the dark and English show the same page', async () => {
    await commune.emulateMedia({ colorScheme: 'dark' })
    await commune.goto('/')
    await inspect(commune, 'today-dark')
    await commune.goto('/tasks?state=all')
    await inspect(commune, 'tasks-dark')
    await commune.emulateMedia({ colorScheme: 'light' })
    await openFirst(/treo băng rôn/)
    await commune.emulateMedia({ media: 'print' })
    expect(await commune.locator('.nav').isVisible()).toBe(false)
    await inspect(commune, 'task-print')
    await commune.emulateMedia({ media: 'screen' })
    await commune.goto('/tasks?lang=en')
    await commune.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor()
    await inspect(commune, 'tasks-english')
    await commune.goto('/?lang=vi')
  })
})

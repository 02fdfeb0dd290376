import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

describe.skipIf(whyNoBrowser !== null)(
  `a task goes back and is done${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`,
  () => {
    let app: RunningApp
    let browser: Browser
    let province: Page
    let commune: Page
    let path: string

    beforeAll(async () => {
      app = await startApp()
      browser = await openBrowser()
      province = await visitAs(browser, app, 'tinh')
      commune = await visitAs(browser, app, 'banho')
    })
    afterAll(async () => {
      await leaveBrowser(browser)
      await app?.stop()
    })

    test('the commune finds its task, opens its clause and gives the task back with a reason', async () => {
      await commune.goto('/tasks?state=set')
      await inspect(commune, 'tasks-of-commune')
      await commune.locator('.row-link').first().click()
      path = new URL(commune.url()).pathname
      const clause = await commune.getByRole('link', { name: /Xem mục .* trong kế hoạch/ }).getAttribute('href')
      const [planPath = '', anchor = ''] = clause?.split('#') ?? []
      const plan = await visitAs(browser, app, 'tinh')
      expect((await plan.goto(planPath))?.status()).toBe(200)
      expect(await plan.locator(`[id="${anchor}"]`).count()).toBe(1)
      await commune.locator('summary', { hasText: 'Trả lại' }).click()
      await commune.getByLabel('Lý do').first().fill('Xã đang sửa chợ, chưa treo được.')
      await commune.getByRole('button', { name: 'Trả lại' }).click()
      await commune.getByText('Đã trả lại nơi giao.').waitFor()
      await inspect(commune, 'task-returned')
    })

    test('the province is asked on its page of today and gives it again', async () => {
      await province.goto('/')
      await province
        .getByRole('link', { name: /Bị trả lại/ })
        .first()
        .click()
      expect(new URL(province.url()).pathname).toBe(path)
      await province.locator('summary', { hasText: 'Giao lại' }).click()
      await province.getByLabel('Ý kiến trả lời').fill('Treo ở trường học trước, chợ sau.')
      await province.getByRole('button', { name: 'Giao lại' }).click()
      await province.getByText('Đã giao lại.').waitFor()
    })

    test('it is done only with something to show', async () => {
      await commune.goto(path)
      const stale = await visitAs(browser, app, 'banho')
      await stale.goto(path)
      await commune.getByRole('button', { name: 'Nhận việc' }).click()
      await commune.getByText('Đã nhận việc.').waitFor()
      await stale.getByRole('button', { name: 'Nhận việc' }).click()
      await stale.getByText('Nhiệm vụ đã được nhận.').first().waitFor()
      await commune.getByText('Cần kèm ít nhất một sản phẩm').first().waitFor()
      await commune.locator('summary', { hasText: 'Kèm sản phẩm' }).click()
      const picture = { name: 'băng rôn.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not really a picture') }
      await commune.getByLabel('Tệp hoặc ảnh').setInputFiles(picture)
      await commune.getByLabel('Tên', { exact: true }).fill('Băng rôn ở chợ')
      await commune.getByRole('button', { name: 'Kèm vào' }).click()
      const file = commune.getByRole('link', { name: 'Băng rôn ở chợ – băng rôn.jpg' })
      const kept = await commune.request.get((await file.getAttribute('href')) ?? '')
      expect(await kept.text()).toBe('not really a picture')
      expect(kept.headers()['content-disposition']).toMatch(/^attachment/)
      await commune.getByRole('button', { name: 'Báo hoàn thành' }).click()
      await commune.getByText('Đã báo hoàn thành.').waitFor()
      await inspect(commune, 'task-done')
    })

    test('lists, board and calendar hold it; odd addresses are answered in words', async () => {
      for (const page of [
        '/tasks?state=done',
        '/tasks?state=overdue&from=2023-02-30&organisation=UBND-03046',
        '/tasks/board',
      ]) {
        expect((await province.goto(page))?.status()).toBe(200)
      }
      await inspect(province, 'tasks-board-counts')
      // Who set the tasks sees them with every body that has one.
      expect(await province.getByRole('heading', { name: 'Ủy ban nhân dân xã Bản Hồ' }).count()).toBe(1)
      await province.goto('/tasks/calendar?month=2026-12&scope=set&state=all')
      await inspect(province, 'tasks-calendar-set-by-us')
      await province.goto('/tasks?scope=set&state=all&channel=banner')
      await inspect(province, 'tasks-narrowed')
      expect((await province.goto('/tasks?campaign=none&id=none&due=none'))?.status()).toBe(200)
      expect((await province.goto('/tasks/none'))?.status()).toBe(404)
    })

    test('a calendar program reads the feed by its secret address, and no other', async () => {
      await commune.goto('/tasks/calendar')
      await commune.getByRole('button', { name: 'Tạo địa chỉ mới' }).click()
      const address = (await commune.locator('.mono').textContent())?.trim() ?? ''
      const stranger = await browser.newContext()
      const answer = await stranger.request.get(address)
      expect(answer.headers()['content-type']).toContain('text/calendar')
      expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/)
      expect((await stranger.request.get(address.replace(/.{6}\.ics$/, 'xxxxxx.ics'))).status()).toBe(404)
      await stranger.close()
    })
  },
)

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 240_000

describe.skipIf(whyNoBrowser !== null)(`figures are asked${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let officer: Page
  let province: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    officer = await somebody('banho')
    province = await somebody('tinh')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  async function sendTalk(spot: string, people: number): Promise<void> {
    await officer.goto('/evidence/send')
    await officer.getByLabel('Loại hoạt động').selectOption({ label: 'Tuyên truyền tại chợ phiên' })
    await officer.getByLabel('Lượt người dự').fill(String(people))
    await officer.getByLabel('Nơi cụ thể').fill(spot)
    await officer.getByRole('button', { name: 'Gửi', exact: false }).last().click()
    await officer.waitForLoadState()
  }

  test(
    'a total opens into communes, a commune into its activities, an activity into itself',
    async () => {
      await sendTalk('Chợ phiên sáng', 120)
      await sendTalk('Chợ phiên chiều', 84)
      await province.goto('/figures')
      await inspect(province, 'figures-province')
      const total = province.locator('tfoot').getByText('204', { exact: true })
      await total.waitFor()
      await inspect(province, 'figures-with-talks')
      await province.locator('tbody').first().getByText('204', { exact: true }).first().click()
      await province.getByRole('heading', { level: 1 }).waitFor()
      await inspect(province, 'figures-opened')
      await province.getByText('120', { exact: false }).first().waitFor()
      await province.locator('.row-link').first().click()
      await province.getByText('Chợ phiên').first().waitFor()
    },
    STORY_MS,
  )

  test(
    'figures are kept, and say what has changed since',
    async () => {
      await province.goto('/figures')
      await province.getByText('Chốt số liệu này').click()
      await province.getByLabel('Tên để nhớ').fill('Báo cáo quý')
      await province.getByRole('button', { name: 'Chốt số liệu' }).click()
      await province.getByText('Dựng lại từ minh chứng: đúng từng đơn vị.').waitFor()
      await province.getByText('Từ khi chốt đến nay không số nào đổi.').waitFor()
      await sendTalk('Chợ phiên tối', 30)
      await province.reload()
      await province.getByText('Dựng lại từ minh chứng: đúng từng đơn vị.').waitFor()
      await province.getByText(/con số đã đổi từ khi chốt/).waitFor()
      await inspect(province, 'figures-snapshot-changed')
    },
    STORY_MS,
  )

  test(
    'a gap in the coverage becomes tasks, and chosen figures are for anybody to see',
    async () => {
      await province.goto('/figures/coverage')
      await inspect(province, 'coverage-filled')
      await province.setViewportSize({ width: 390, height: 900 })
      await province.locator('.coverage-phone summary', { hasText: 'Tiếng Việt' }).click()
      await province.getByText('Đã nghe: Tiếng Việt').waitFor()
      await province.getByRole('link', { name: 'Lấp 98 chỗ trống' }).waitFor()
      await inspect(province, 'coverage-fold-open')
      await province
        .getByRole('link', { name: /chưa nghe/ })
        .first()
        .click()
      await inspect(province, 'coverage-gap-open')
      expect((await province.goto('/cong/so-lieu'))?.status()).toBe(404)
      await province.goto('/figures/settings')
      await inspect(province, 'figures-settings')
      const admin = await somebody('quantri')
      await admin.goto('/figures/settings')
      await admin.getByLabel('Cho mọi người xem').check()
      await admin.getByLabel('Lượt người dự (lượt người)').check()
      await admin.getByLabel('Từ ngày').fill('2026-01-01')
      await admin.getByRole('button', { name: 'Lưu' }).last().click()
      await admin.getByText('Đã lưu số liệu công khai.').waitFor()
      await admin.goto('/cong')
      await admin.getByRole('contentinfo').getByRole('link', { name: 'Kết quả tuyên truyền bằng số' }).click()
      await admin.getByText('234 lượt người').waitFor()
      await inspect(admin, 'public-figures')
    },
    STORY_MS,
  )
})

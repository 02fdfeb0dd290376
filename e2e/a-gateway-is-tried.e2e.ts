import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 180_000

describe.skipIf(whyNoBrowser !== null)(`a gateway is tried${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    page = await visitAs(browser, app, 'quantri')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function tryOne(what: string, outcome: string): Promise<void> {
    await page.getByLabel('Thử tình huống').selectOption({ label: what })
    await page.getByRole('button', { name: 'Gửi thử một tin' }).click()
    await page.getByText(outcome).waitFor()
  }

  test('the simulated ones stand in the list; each failure can be seen', { timeout: STORY_MS }, async () => {
    await page.goto('/gateways')
    expect(await page.locator('tbody tr').count()).toBe(3)
    await inspect(page, 'gateways')
    await page.locator('.row-link').first().click()
    await page.waitForURL('**/gateways/GL-SMPP-1')
    await inspect(page, 'gateway')
    await tryOne('nhận bình thường', 'Cổng đã nhận tin.')
    await tryOne('từ chối: không có số này', 'nhà mạng báo không có số này')
    await tryOne('gửi nhanh quá', 'Chưa gửi được')
    await inspect(page, 'gateway-tried')
  })

  test('one is set otherwise, paused and taken up again', { timeout: STORY_MS }, async () => {
    await page.goto('/gateways/GL-SMPP-2')
    await page.locator('summary', { hasText: 'Sửa cài đặt' }).click()
    await inspect(page, 'gateway-settings')
    await page.getByLabel('Nhiều nhất mỗi giây').fill('0')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByRole('link', { name: /Giá trị này chưa đúng|Nhỏ quá/ }).waitFor()
    await page.getByLabel('Nhiều nhất mỗi giây').fill('20')
    await page.getByLabel('Mật khẩu hoặc khóa bí mật').fill('một mật khẩu')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã lưu cài đặt.').waitFor()
    expect(await page.content()).not.toContain('một mật khẩu')
    await page.locator('summary', { hasText: 'Tạm dừng cổng này' }).click()
    await page.getByLabel('Lý do').fill('Nhà mạng bảo trì')
    await page.getByRole('button', { name: 'Tạm dừng cổng này' }).click()
    await page.getByText(/Tạm dừng từ .*: Nhà mạng bảo trì/).waitFor()
    await inspect(page, 'gateway-paused')
    await page.getByRole('button', { name: 'Chạy lại cổng này' }).click()
    await page.getByText('Cổng chạy lại.').waitFor()
  })

  test('a new one is registered, with every flaw at its field', { timeout: STORY_MS }, async () => {
    await page.goto('/gateways')
    await page.getByRole('link', { name: 'Thêm: tin nhắn, HTTP' }).click()
    await inspect(page, 'gateway-new')
    await page.getByLabel('Mã cổng').fill('http-1')
    await page.getByLabel('Tên cổng').fill('Cổng HTTP của tỉnh')
    await page.getByLabel('Địa chỉ', { exact: true }).fill('https://sms.example/send')
    await page.getByLabel('Tên hoặc số người gửi').fill('LAOCAI')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã thêm cổng gửi.').waitFor()
    await page.goto('/gateways/HTTP-1')
    await page.getByText('mọi cơ quan chưa có cổng riêng').first().waitFor()
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

describe.skipIf(whyNoBrowser !== null)(`the register changes${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
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

  async function exported(path: string): Promise<string> {
    return (await page.request.get(path)).text()
  }

  async function preview(path: string, text: string): Promise<void> {
    await page.goto(path)
    const file = { name: 'danh-sach.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Xem trước' }).click()
  }

  test('a list of bodies with bad cells is refused cell by cell, and mended it goes in whole', async () => {
    const list = await exported('/organisations/export?format=csv')
    expect(list).toContain('Ủy ban nhân dân xã Bản Hồ')
    const bad = list
      .replace('Ủy ban nhân dân xã Bản Hồ', '')
      .replace(/UBND-LC-2025,2025-07-01/, 'UBND-KHONG-CO,2025-13-01')
    await preview('/organisations/import', bad)
    await page.getByText('ô trống').first().waitFor()
    await page.getByText('không phải ngày dạng').first().waitFor()
    await inspect(page, 'organisations-import-bad')
    expect(await page.getByRole('button', { name: 'Nhập danh sách này' }).count()).toBe(0)

    await preview('/organisations/import', list.replace('UBND xã Bản Hồ', 'UBND xã Bản Hồ;Xã Bản Hồ'))
    await page.getByText('Sửa: Ủy ban nhân dân xã Bản Hồ').waitFor()
    await inspect(page, 'organisations-import-good')
    await page.getByRole('button', { name: 'Nhập danh sách này' }).click()
    await page.getByText('Đã nhập danh sách cơ quan.').waitFor()
    await page.goto('/organisations/UBND-03046')
    expect(await page.locator('main').innerText()).toContain('UBND xã Bản Hồ · Xã Bản Hồ')
  })

  test('a list of places goes the same way', async () => {
    const list = await exported('/places/export?format=csv')
    await preview('/places/import', list.replace('Xã Bản Hồ', ''))
    await page.getByText('Có 1 ô sai').waitFor()
    await inspect(page, 'places-import-bad')
    await preview('/places/import', list)
    await page.getByText('0 mới').waitFor()
    await page.getByRole('button', { name: 'Nhập danh sách này' }).click()
    await page.getByText('Đã nhập danh sách địa bàn.').waitFor()
  })

  test('a body is added, mended, and ended with who carries its duty on', async () => {
    await page.goto('/organisations/new?under=UBND-03046&place=03046')
    await inspect(page, 'organisation-new')
    await page.getByLabel('Mã', { exact: true }).fill('TTDVC-03046')
    await page.getByLabel('Cơ quan', { exact: true }).fill('Trung tâm Phục vụ hành chính công xã Bản Hồ')
    await page.getByLabel('Loại').selectOption({ label: 'Trung tâm' })
    await page.getByLabel('Cấp').selectOption({ label: 'xã' })
    await page.getByRole('button', { name: 'Thêm cơ quan' }).click()
    await page.getByText('Đã thêm cơ quan.').waitFor()
    await page.getByRole('link', { name: 'Sửa thông tin hoặc kết thúc' }).click()
    await inspect(page, 'organisation-mend')
    await page.getByLabel('Ngày hoạt động cuối cùng').fill(yesterday())
    await page.getByLabel('Được kế thừa bởi').fill('UBND-03046')
    await page.getByRole('button', { name: 'Kết thúc cơ quan' }).click()
    await page.getByText('Đã ghi ngày kết thúc của cơ quan.').waitFor()
    await page.getByText('Cơ quan này không còn.').waitFor()
    await inspect(page, 'organisation-ended')
  })

  test('a fact is verified, and its page says by whom', async () => {
    await page.goto('/facts/111')
    await inspect(page, 'fact')
    await page.getByRole('button', { name: /Tôi đã kiểm tra/ }).click()
    await page.waitForURL(/done=/)
    expect(await page.locator('main').innerText()).toContain('Quản trị')
    await inspect(page, 'fact-verified')
    await page.goto('/audit')
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/Xác minh một dữ kiện\s+Quản trị/)
    await inspect(page, 'audit-by-name')
  })
})

function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
}

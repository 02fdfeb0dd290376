import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsOfPdf } from '../src/platform/papers/pdf-words.build.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 180_000

describe.skipIf(whyNoBrowser !== null)(`a report is written${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let commune: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    writer = await somebody('tinh')
    commune = await somebody('banho')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  test('a higher body asks, a commune says its number and why', { timeout: STORY_MS }, async () => {
    await writer.goto('/reports')
    await inspect(writer, 'reports-empty')
    await writer.goto('/reports/requests/new')
    await writer.getByLabel('Cơ quan yêu cầu').fill('Bộ Văn hóa, Thể thao và Du lịch')
    await writer.getByLabel('Nội dung yêu cầu').fill('Báo cáo nhanh công tác tuyên truyền')
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    await writer.getByLabel('Hạn gửi').fill(today)
    await writer.getByLabel('Đơn vị phải góp số liệu').fill('UBND-03046\nUBND-02683')
    await inspect(writer, 'report-request-new')
    await writer.getByRole('button', { name: 'Ghi và giao cho các đơn vị' }).click()
    await writer.getByText('Đã giao cho các đơn vị.').waitFor()
    await commune.goto('/')
    await commune.getByRole('link', { name: /Xác nhận số liệu cho “Báo cáo nhanh/ }).click()
    await commune.getByLabel('Ý kiến của đơn vị').fill('Đường vào thôn sạt lở, xe loa không đi được.')
    await commune.getByText('Nêu chỉ tiêu chưa có số liệu').click()
    await commune.getByLabel('Chỉ tiêu').selectOption('sessions')
    await commune.getByLabel('Số của đơn vị').last().fill('3')
    await commune.getByLabel('Lý do').last().fill('chưa gửi minh chứng')
    await inspect(commune, 'report-part')
    await commune.getByRole('button', { name: 'Xác nhận số liệu của đơn vị' }).click()
    await commune.getByText('Đã xác nhận số liệu của đơn vị.').waitFor()
    await writer.reload()
    await writer.getByText('1/2 đã xác nhận').or(writer.getByText('1 đã xác nhận')).first().waitFor()
    await inspect(writer, 'report-request')
  })

  test(
    'the report is written from figures, edited in words, and becomes a document',
    { timeout: STORY_MS },
    async () => {
      await writer.getByRole('link', { name: 'Viết báo cáo' }).click()
      await inspect(writer, 'report-new')
      await writer.getByRole('button', { name: 'Viết báo cáo' }).click()
      await writer.getByText('Loa đã viết bản đầu từ số liệu.').waitFor()
      const text = writer.getByLabel('Lời báo cáo')
      const begun = await text.inputValue()
      expect(begun).toContain('Đường vào thôn sạt lở')
      await text.fill(`${begun}\nThêm 25 buổi.`)
      await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
      await writer.getByText('“25 buổi” là số gõ tay').first().waitFor()
      expect(await text.inputValue()).toContain('Thêm 25 buổi.')
      await inspect(writer, 'report-refused')
      await text.fill(`${begun.replaceAll(/\[Viết: [^\]]*\]/gu, 'Đã triển khai đầy đủ theo kế hoạch.')}\n{{c1}}.`)
      await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
      await writer.getByText('Đã lưu lời báo cáo.').waitFor()
      await inspect(writer, 'report')
      const report = writer.url().split('?')[0] ?? ''
      await writer.getByRole('button', { name: 'Làm dự thảo văn bản' }).click()
      await writer.getByText('Dự thảo văn bản đã có lời').waitFor()
      const href = await writer.getByRole('link', { name: 'Tải PDF' }).getAttribute('href')
      const pdf = await writer.context().request.get(`${app.address}${href}`)
      const words = (await wordsOfPdf(new Uint8Array(await pdf.body()))).map((one) => one.text).join(' ')
      expect(words).toContain('nêu 03 buổi (số liệu tổng hợp: 0 buổi; lý do: chưa gửi minh chứng)')
      expect(words).toContain('Kính gửi: Bộ Văn hóa, Thể thao và Du lịch')
      await inspect(writer, 'report-document')
      await writer.goto(`${report}/photos`)
      await inspect(writer, 'report-photos')
      await writer.goto('/reports')
      await inspect(writer, 'reports')
      await writer.goto('/reports/requests')
      await inspect(writer, 'report-requests')
    },
  )
})

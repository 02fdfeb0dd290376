import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { framesOfPdf } from '../src/platform/papers/pdf-frames.build.ts'
import { wordsOfPdf } from '../src/platform/papers/pdf-words.build.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 120_000
const SIGNED = { name: 'bao-cao-da-ky.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%signed') }
const TEXT = `Căn cứ Kế hoạch số 74/KH-UBND;
I. Kết quả
1. Công tác chỉ đạo
Sở đã ban hành 02 văn bản.
2. Theo hình thức
a) Loa truyền thanh;
b) Màn hình điện tử.
STT\tĐịa bàn\tSố buổi
1\tXã Bản Hồ\t12
\tTổng cộng\t12
Báo cáo để biết.`

describe.skipIf(whyNoBrowser !== null)(`a document is issued${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    writer = await visitAs(browser, app, 'tinh')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  test('what is typed is shown as printed, and a refusal keeps it', { timeout: STORY_MS }, async () => {
    await writer.goto('/documents')
    await inspect(writer, 'documents-empty')
    await writer.getByRole('link', { name: 'Soạn văn bản' }).click()
    await writer.getByLabel('Loại văn bản').selectOption('report')
    await writer.getByLabel('Trích yếu nội dung').fill('Kết quả tuyên truyền tháng 11 năm 2026')
    await writer.getByLabel('Nội dung', { exact: true }).fill(TEXT)
    await writer.getByLabel('Quyền hạn ký').fill('Thay Giám đốc')
    await writer.getByRole('button', { name: 'Xem thử' }).click()
    await writer.getByText('không bắt đầu bằng TM.').first().waitFor()
    expect(await writer.getByLabel('Nội dung', { exact: true }).inputValue()).toContain('Màn hình điện tử')
    await writer.getByLabel('Quyền hạn ký').fill('KT. Giám đốc')
    await writer.getByLabel('Chức vụ người ký').fill('Phó Giám đốc')
    await writer.getByLabel('Họ tên người ký').fill('Nguyễn Thị Hoa')
    await writer.getByLabel('Nơi nhận').fill('Ủy ban nhân dân tỉnh\nLãnh đạo Sở')
    await writer.getByText('Độ khẩn, lưu hành').click()
    await writer.getByLabel('Độ khẩn', { exact: true }).selectOption('very_urgent')
    await writer.getByLabel('Phạm vi lưu hành').fill('Tối mật')
    await writer.getByRole('button', { name: 'Xem thử' }).click()
    await writer.getByText('là dấu chỉ độ mật').first().waitFor()
    expect(await writer.getByLabel('Phạm vi lưu hành').inputValue()).toBe('Tối mật')
    await inspect(writer, 'document-secret-refused')
    await writer.getByLabel('Phạm vi lưu hành').fill('Lưu hành nội bộ')
    await writer.getByRole('button', { name: 'Xem thử' }).click()
    await writer.getByText('Đã nhận ra 9 dòng').waitFor()
    await writer.getByText('Đã nhận ra 9 dòng').click()
    await inspect(writer, 'document-new-preview')
    await writer.getByRole('button', { name: 'Lưu dự thảo' }).click()
    await writer.getByText('Đã lưu dự thảo.').waitFor()
    await inspect(writer, 'document-draft')
    await writer.getByRole('link', { name: 'Sửa dự thảo' }).click()
    await inspect(writer, 'document-edit')
    await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
    await writer.getByText('Đã lưu dự thảo.').waitFor()
  })

  test(
    'it takes the number that was foretold, comes back signed, and stands in the register',
    { timeout: STORY_MS },
    async () => {
      await writer.getByText('Văn bản sẽ lấy số 01/BC-SVHTTDL').waitFor()
      await writer.getByRole('button', { name: 'Lấy số, ban hành' }).click()
      await writer.getByText('Văn bản đã lấy số.').waitFor()
      await writer.getByLabel('Bản đã ký').setInputFiles(SIGNED)
      await writer.getByRole('button', { name: 'Lưu bản đã ký' }).click()
      await writer.getByText('Đã lưu bản đã ký.').waitFor()
      await inspect(writer, 'document-signed')
      const href = await writer.getByRole('link', { name: 'Tải PDF' }).getAttribute('href')
      const pdf = await writer.context().request.get(`${app.address}${href}`)
      const bytes = new Uint8Array(await pdf.body())
      const words = (await wordsOfPdf(bytes)).map(({ text }) => text).join(' ')
      for (const said of ['Số: 01/BC-SVHTTDL', 'THƯỢNG KHẨN', 'LƯU HÀNH NỘI BỘ']) expect(words).toContain(said)
      expect((await framesOfPdf(bytes)).map(({ ink }) => ink)).toContain('#ff0000')
      await writer.goto('/documents/register?type=report')
      await writer.getByText('01/BC-SVHTTDL').waitFor()
      await inspect(writer, 'document-register')
      const sheet = await writer.context().request.get(`${app.address}/documents/register/csv?type=report`)
      expect(await sheet.text()).toContain('01/BC-SVHTTDL')
      await writer.goto('/documents')
      await inspect(writer, 'documents')
      await writer.goto('/documents/letterhead')
      await inspect(writer, 'letterhead')
    },
  )
})

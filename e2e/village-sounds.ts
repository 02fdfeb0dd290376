import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { hum } from './hum.ts'
import type { RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

/** Has the Vietnamese of a message said by the voice that is built in. */
export async function speakIn(writer: Page, message: string): Promise<void> {
  await writer.goto(message)
  await writer.getByRole('link', { name: 'loa truyền thanh · Tiếng Việt' }).click()
  const details = writer.locator('#speech details')
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
  await writer.getByLabel('Tốc độ').selectOption('1.4')
  await writer.getByRole('button', { name: 'Tạo giọng đọc' }).click()
  await writer.getByText('giọng máy eSpeak NG').waitFor({ timeout: 150_000 })
}

/** Records the Mông of a message: one that is broken is told of, one as a phone keeps it is taken, and a native speaker signs. */
export async function recordFor(browser: Browser, app: RunningApp, writer: Page, message: string): Promise<void> {
  await writer.goto(message)
  await writer.getByRole('link', { name: 'loa truyền thanh · Mông' }).click()
  const broken = { name: 'vo-tieng.wav', mimeType: 'audio/wav', buffer: hum(4, 12) }
  await writer.locator('input[type=file]').setInputFiles(broken)
  await writer.getByRole('button', { name: 'Lưu bản thu', exact: true }).click()
  await writer.getByText('Bản thu vỡ tiếng nặng').waitFor()
  expect(await writer.getByRole('button', { name: 'Tôi quyết định vẫn dùng' }).count()).toBe(1)
  await inspect(writer, 'village-recording-broken')
  await writer.getByText('Thu lại hoặc tải bản khác').click()
  // As a phone keeps it (AAC; `hum(4)` by ffmpeg). The server does not read it, and who has no scripts is told so; where there
  // are, the browser turns it, and who presses at once is waited for.
  const asKept = join(import.meta.dirname, 'hum.m4a')
  await writer.locator('input[type=file]').setInputFiles(asKept)
  await writer.getByRole('button', { name: 'Lưu bản thu', exact: true }).click()
  await writer.getByText('Không đọc được bản thu này.').first().waitFor()
  const recorder = await visitAs(browser, app, 'tinh', true)
  await recorder.goto(writer.url().split('?')[0] ?? '')
  await recorder.getByText('Thu lại hoặc tải bản khác').click()
  await recorder.locator('input[type=file]').setInputFiles(asKept)
  await recorder.getByRole('button', { name: 'Lưu bản thu', exact: true }).click()
  await recorder.getByText('Đã nhận bản thu.').waitFor()
  expect(await recorder.getByText('Bản thu vỡ tiếng nặng').count()).toBe(0)
  await writer.goto(recorder.url())
  await recorder.context().close()
  await writer.getByLabel('Họ tên người bản ngữ').fill('Giàng Seo Pao')
  await writer.getByLabel('Dịch ngược ra tiếng Việt').fill('Chú ý. Hãy gọi 111.')
  await writer.getByRole('button', { name: 'Xác nhận bản dịch' }).click()
  await writer.getByText('Đã ghi xác nhận của người bản ngữ.').waitFor()
}

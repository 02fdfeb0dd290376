import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 120_000
const STORY = 'Mai kể: tôi bị lừa đi xa. Tên nhân vật đã được thay đổi.'

describe.skipIf(whyNoBrowser !== null)(`a survivor tells${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let address: string
  let desk: ReturnType<typeof openDesk>

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    writer = await somebody('tinh')
    desk = openDesk(writer)
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  test('the story is refused until its conditions hold', { timeout: STORY_MS }, async () => {
    address = await desk.begin('câu chuyện người trở về', 'Chuyện của Mai')
    await desk.save({
      'Tiêu đề': 'Tôi đã được giúp về nhà',
      'Nội dung': 'Sùng Thị Mỷ kể: tôi bị lừa đi xa. Tên nhân vật đã được thay đổi.',
      'Lời kêu gọi': 'Hãy gọi {{111}}.',
    })
    await desk.addChannel('cổng, trang thông tin điện tử')
    expect(await writer.locator('main').innerText()).toContain('có thể là tên thật')
    await writer.goto(`${address}/review`)
    await writer.getByText('chưa có sự đồng ý được ghi lại').first().waitFor()
    await writer.goto(`${address}/consent`)
    await inspect(writer, 'consent-new')
    await writer.getByLabel('Ai đã đồng ý').fill('Nguyễn Thị Thử, xã Thử')
    await writer.getByLabel('Tên dùng trong bài').fill('Mai')
    await writer.getByLabel('Đồng ý những gì').fill('Kể trên cổng trong một năm')
    await writer.getByLabel('cổng, trang thông tin điện tử').check()
    await writer.getByRole('button', { name: 'Ghi sự đồng ý' }).click()
    await writer.getByText('Danh tính đã niêm phong.').waitFor()
    await inspect(writer, 'consent')
    await desk.save({ 'Nội dung': STORY })
    await desk.submit()
  })

  test('three people approve it, the police among them, and it is given to a body', { timeout: STORY_MS }, async () => {
    await writer.goto(`${address}/handovers`)
    await writer.getByText('Chỉ giao bản đã được duyệt').first().waitFor()
    await inspect(writer, 'handovers-none')
    await agreeInTurn(somebody, /Chuyện của Mai/)
    await writer.goto(`${address}/handovers`)
    await writer.getByLabel('Cơ quan nhận').fill('xã Bản')
    await writer.getByRole('button', { name: 'Ghi một nơi nhận' }).click()
    await writer.getByText('Nhiều cơ quan khớp').first().waitFor()
    await writer.getByLabel('Cơ quan nhận').fill('Ủy ban nhân dân xã Bản Hồ')
    await writer.getByRole('button', { name: 'Ghi một nơi nhận' }).click()
    await writer.getByText('Đã ghi nơi nhận.').waitFor()
    await inspect(writer, 'handovers')
  })

  test(
    'consent taken back ends its use, and where it went is told to take it down',
    { timeout: STORY_MS },
    async () => {
      await writer.goto(`${address}/consent`)
      await writer.locator('summary', { hasText: 'Người kể rút sự đồng ý' }).click()
      await inspect(writer, 'consent-withdrawing')
      await writer.getByRole('button', { name: 'Người kể rút sự đồng ý' }).click()
      await writer.getByText('đã rút').first().waitFor()
      await inspect(writer, 'story-withdrawn')
      await writer.goto(`${address}/handovers`)
      await writer.getByText('đã giao việc gỡ').waitFor()
      const commune = await somebody('banho')
      await commune
        .getByRole('link', { name: /Gỡ xuống, ngừng phát/ })
        .first()
        .click()
      await commune.getByText('gửi minh chứng đã gỡ').first().waitFor()
      await inspect(commune, 'recall-task')
    },
  )
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { SHORT_UNDO, startApp, WITH_DEVICES, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, lookUntilThere, openPage, visitAs } from './visit.ts'

const STORY_MS = 300_000

describe.skipIf(whyNoBrowser !== null)(`a release goes out${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let leader: Page
  let message: string
  let release: string

  beforeAll(async () => {
    app = await startApp(WITH_DEVICES)
    browser = await openBrowser()
    writer = await somebody('tinh')
    leader = await somebody('lanhdao')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  async function propose(): Promise<string> {
    await writer.goto(`${message}/release`)
    await writer.getByRole('button', { name: 'Xem trước' }).click()
    await writer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
    return writer.url().split('?')[0] ?? ''
  }

  test('an approved message is proposed and previewed place by place', { timeout: STORY_MS }, async () => {
    await writer.goto('/releases')
    await inspect(writer, 'releases-empty')
    await writer.goto('/outlets?q=ban+ho')
    expect(await writer.locator('tbody tr').count()).toBe(2)
    await inspect(writer, 'outlets')
    await writer.locator('.row-link').first().click()
    await inspect(writer, 'outlet')

    const desk = openDesk(writer)
    message = await desk.begin('thông báo', 'Việc nhẹ, lương cao')
    await desk.save({ 'Tiêu đề': 'Cảnh giác', 'Nội dung': 'Hỏi xã trước khi đi.', 'Lời kêu gọi': 'Hãy gọi {{111}}.' })
    for (const channel of ['loa truyền thanh', 'bảng tin công cộng', 'cổng, trang thông tin điện tử'])
      await desk.addChannel(channel)
    await desk.speak()
    await desk.submit()
    await agreeInTurn(somebody, /Việc nhẹ/)
    await writer.goto(`${message}/release`)
    await inspect(writer, 'release-propose')
    release = await propose()
    await writer.getByText('199 lượt chuyển').first().waitFor()
    await writer.getByText('Người đề nghị không tự bấm phát hành').first().waitFor()
    await inspect(writer, 'release-preview')
  })

  test(
    'a second person presses; within the minute it is undone and nothing has left',
    { timeout: STORY_MS },
    async () => {
      await leader.goto(release)
      await leader.getByRole('button', { name: /Phát hành 199 lượt/ }).click()
      await leader.getByText('Đã phát hành.').waitFor()
      await inspect(leader, 'release-pressed')
      await leader.locator('#cancel-reason').fill('Bấm nhầm')
      await leader.getByRole('button', { name: 'Hoàn tác' }).click()
      await leader.getByText('Đã hủy các lượt chưa đi.').waitFor()
      await leader.getByText('199 đã có kết quả + 0 đang chờ = 199 lượt').first().waitFor()
      await inspect(leader, 'release-undone')
    },
  )

  test(
    'after the minute machines have it and people their tasks; a recall reaches both',
    { timeout: STORY_MS },
    async () => {
      await app.killAndStart(SHORT_UNDO.settings)
      release = await propose()
      await leader.goto(release)
      await leader.getByRole('button', { name: /Phát hành 199 lượt/ }).click()
      await leader.waitForTimeout(SHORT_UNDO.ms)
      await lookUntil(leader, release, '198 đã nhận, chờ kết quả')
      await leader.getByText('1 đã đến').first().waitFor()
      await inspect(leader, 'release-running')
      await leader.goto(`${release}?state=accepted`)
      await leader.locator('.row-link').first().click()
      await inspect(leader, 'delivery')
      const citizen = await openPage(browser, app.address)
      await citizen.goto('/cong')
      await inspect(citizen, 'portal')
      await citizen.getByRole('link', { name: 'Cảnh giác' }).click()
      await citizen.getByText('Hỏi xã trước khi đi.').waitFor()
      expect(await citizen.locator('a[href="tel:111"]').count()).toBeGreaterThan(0)
      await inspect(citizen, 'portal-article')

      const commune = await somebody('banho')
      await commune
        .getByRole('link', { name: /Phát, dán hoặc đọc/ })
        .first()
        .waitFor()
      await leader.goto(release)
      await leader.locator('summary', { hasText: 'Thu hồi' }).click()
      await leader.locator('#recall-reason').fill('Sai số điện thoại')
      await leader.getByRole('button', { name: 'Thu hồi' }).click()
      await leader.getByText('Đã thu hồi').waitFor()
      await lookUntil(citizen, citizen.url(), 'đã được gỡ')
      await inspect(citizen, 'portal-withdrawn')
      await lookUntilThere(commune, '/', commune.getByRole('link', { name: /Gỡ xuống, ngừng phát/ }))
      await leader.goto('/releases')
      await inspect(leader, 'releases')
    },
  )
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { SHORT_UNDO, startApp, WITH_DEVICES, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, openPage, visitAs } from './visit.ts'

const STORY_MS = 300_000
const CHANNELS = [
  'loa truyền thanh',
  'bảng tin công cộng',
  'cổng, trang thông tin điện tử',
  'báo chí',
  'bản tin',
  'tin nhắn',
  'hệ thống khác (webhook)',
]
/** 99 stations, 99 notice boards, one portal, one newsroom, four receivers of webhooks, four carriers, 37 readers of mail, 12 phones. */
const ROWS = 99 + 99 + 1 + 1 + 4 + 4 + 37 + 12

describe.skipIf(whyNoBrowser !== null)(`a release reaches many${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let leader: Page
  let release: string

  beforeAll(async () => {
    app = await startApp({ ...SHORT_UNDO.settings, ...WITH_DEVICES })
    browser = await openBrowser()
    writer = await somebody('tinh')
    leader = await somebody('lanhdao')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  test(
    'one message goes to 99 communes, a newsroom, readers, phones and other machines',
    { timeout: STORY_MS },
    async () => {
      const desk = openDesk(writer)
      const message = await desk.begin('thông báo', 'Việc nhẹ, lương cao')
      await desk.save({ 'Tiêu đề': 'Cảnh giác', 'Nội dung': 'Hỏi xã trước khi đi.', 'Lời kêu gọi': 'Hãy gọi {{111}}.' })
      for (const channel of CHANNELS) await desk.addChannel(channel)
      await desk.speak()
      await desk.submit()
      await agreeInTurn(somebody, /Việc nhẹ/)
      await writer.goto(`${message}/release`)
      await inspect(writer, 'many-propose')
      await writer.getByRole('button', { name: 'Xem trước' }).click()
      await writer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
      release = writer.url().split('?')[0] ?? ''
      await inspect(writer, 'many-preview')
      await leader.goto(release)
      await leader.getByRole('button', { name: /^Phát hành/ }).click()
      await leader.getByText('Đã phát hành.').waitFor()
      await lookUntil(leader, release, new RegExp(`= ${ROWS} lượt`))
      await inspect(leader, 'many-undo')
    },
  )

  test('a gateway that fails loses its work to the other, and it can be seen', { timeout: STORY_MS }, async () => {
    const administrator = await somebody('quantri')
    await administrator.goto('/gateways')
    await inspect(administrator, 'gateways')
    await leader.waitForTimeout(SHORT_UNDO.ms)
    await lookUntil(leader, release, /tin nhắn|SMS/)
    // Refused numbers, mailboxes that are no more and a receiver that says no are ends, too.
    await lookUntil(leader, `${release}?state=failed`, /Tòa soạn|giả lập|Bản tin/, 120_000)
    await inspect(leader, 'many-running')
    await inspect(leader, 'many-failed')
    await administrator.goto('/gateways')
    await administrator.locator('.row-link').first().click()
    await inspect(administrator, 'gateway')
  })

  test('it is taken back from those who have it', { timeout: STORY_MS }, async () => {
    await leader.goto(release)
    await leader.locator('summary', { hasText: 'Thu hồi' }).click()
    await leader.locator('#recall-reason').fill('Sai số điện thoại')
    await leader.getByRole('button', { name: 'Thu hồi' }).click()
    await leader.getByText('Đã thu hồi').waitFor()
    await leader.goto('/releases')
    await leader.locator('.row-link').first().click()
    const recall = leader.url().split('?')[0] ?? ''
    await lookUntil(leader, recall, /đã đến/)
    await inspect(leader, 'many-recall')
    const citizen = await openPage(browser, app.address)
    await citizen.goto('/cong')
    expect(await citizen.getByRole('link', { name: 'Cảnh giác' }).count()).toBe(0)
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 180_000

describe.skipIf(whyNoBrowser !== null)(`a voice is heard${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let address: string
  let desk: ReturnType<typeof openDesk>

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    writer = await visitAs(browser, app, 'tinh')
    desk = openDesk(writer)
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  test(
    'a machine says the words in the background, and says others when they are changed',
    { timeout: STORY_MS },
    async () => {
      address = await desk.begin('thông báo', 'Hỏi xã trước khi đi')
      await desk.save({ 'Tiêu đề': 'Chú ý', 'Lời kêu gọi': 'Hãy gọi {{111}}.' })
      await desk.addChannel('loa truyền thanh')
      await writer.goto(address)
      await writer.getByRole('link', { name: 'loa truyền thanh · Tiếng Việt' }).click()
      const page = new URL(writer.url()).pathname
      await inspect(writer, 'speech-offered')
      await desk.speak('miền Trung')
      const sound = await writer.request.get(`${page}/recording`)
      expect([sound.status(), sound.headers()['content-type']]).toEqual([200, 'audio/mpeg'])
      await inspect(writer, 'speech-made')
      await writer.getByLabel('Lời đọc').fill('Chú ý. Hãy gọi một một một.')
      await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
      await writer.getByText('Giọng đọc máy nói lời cũ').waitFor()
      await inspect(writer, 'speech-of-old-words')
      await desk.speak('miền Nam')
      expect(await writer.getByText('Giọng đọc máy nói lời cũ').count()).toBe(0)
    },
  )

  test('how a word is said is kept on a page', { timeout: STORY_MS }, async () => {
    await writer.goto('/pronunciations?try=UNESCO ngày 30/7')
    await writer.getByText('UNESCO ngày ba mươi tháng bảy').first().waitFor()
    await writer.getByLabel('Từ, như viết').fill('UNESCO')
    await writer.getByLabel('Đọc là').fill('u-nét-xcô')
    await writer.getByRole('button', { name: 'Ghi cách đọc' }).click()
    await writer.getByText('Đã ghi cách đọc.').waitFor()
    await inspect(writer, 'pronunciations')
  })

  test('nobody approves it before they have heard it to its end', { timeout: STORY_MS }, async () => {
    await desk.submit()
    const listener = await visitAs(browser, app, 'bientap', true)
    await listener.goto(`${address}/review`)
    await listener.getByText('Còn 1 bản thu chưa nghe hết.').first().waitFor()
    await inspect(listener, 'message-to-be-heard')
    await listener.getByLabel('Ý kiến').first().fill('Nghe rõ')
    const playTo = (share: number) =>
      listener.evaluate(async (part) => {
        const audio = document.querySelector<HTMLAudioElement>('audio[data-listen-through]')
        if (!audio) throw new Error('nothing to be heard')
        audio.muted = true
        await audio.play()
        await new Promise<void>((resolve) => {
          audio.addEventListener('timeupdate', () => audio.currentTime >= audio.duration * part && resolve())
          audio.addEventListener('ended', () => resolve())
        })
        audio.pause()
      }, share)
    await playTo(0.4)
    expect(await listener.getByText('chưa nghe hết', { exact: true }).count()).toBe(1)
    await playTo(1)
    await listener.getByText('đã nghe hết', { exact: true }).waitFor()
    // What was typed meanwhile stands, and the button is there.
    expect(await listener.getByLabel('Ý kiến').first().inputValue()).toBe('Nghe rõ')
    await inspect(listener, 'message-heard')
    await listener.context().close()
    await agreeInTurn((username) => visitAs(browser, app, username), /Hỏi xã/)
    await writer.goto(address)
    await writer.getByText('đã duyệt').first().waitFor()
  })
})

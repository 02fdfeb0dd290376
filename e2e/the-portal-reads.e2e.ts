import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWav } from '../src/platform/sounds/wav.build.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { newsroomOf, type DistantNewsroom } from './newsroom-of.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, openPage } from './visit.ts'

const PAGE_BYTES = 50 * 1_024
const HOUR_MS = 3_600_000
const NEWS = [
  'Ba dấu hiệu của lời mời làm việc ở nước ngoài cần nghi ngờ',
  'Trước khi đi làm xa: năm việc nên hỏi Ủy ban nhân dân xã',
  'Người nhà mất liên lạc ở nước ngoài: báo cho ai, báo thế nào',
  'Không đưa giấy tờ tùy thân cho người lạ giữ hộ',
  'Kết bạn trên mạng: những câu hỏi nên đặt ra trước khi gặp',
  'Nạn nhân trở về được giữ bí mật và được hỗ trợ',
  'Lịch nói chuyện tại chợ phiên tháng này',
]

describe.skipIf(whyNoBrowser !== null)(`the portal reads${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let citizen: Page
  let distant: DistantNewsroom

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    citizen = await openPage(browser, app.address)
    distant = await newsroomOf(app)
  })
  afterAll(async () => {
    await distant?.close()
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function opens(path: string, status = 200): Promise<string> {
    const answer = await citizen.goto(path)
    expect(answer?.status()).toBe(status)
    const html = (await answer?.text()) ?? ''
    expect(Buffer.byteLength(html)).toBeLessThan(PAGE_BYTES)
    expect(html).not.toMatch(/<script|javascript:|style="/i)
    expect(await citizen.locator('a[href="tel:111"]').count()).toBeGreaterThan(0)
    return html
  }

  /** One article an hour, the last of them an hour ago. */
  async function publishMany(count: number): Promise<void> {
    for (let number = 1; number <= count; number += 1) {
      distant.clock.set(new Date(Date.now() - (count - number + 1) * HOUR_MS).toISOString())
      await distant.newsroom.up({
        title: `${NEWS[number % NEWS.length] ?? ''}${number > NEWS.length ? ` (${number})` : ''}`,
        lead: 'Hỏi kỹ, đọc kỹ, báo người thân trước khi nhận lời đi làm xa.',
        body: 'Người mời nói giọng quen, hứa lương cao, giục đi ngay.\n\n- Hỏi Ủy ban nhân dân xã.\n- Gọi 111.',
        themes: [number % 2],
      })
    }
    distant.clock.set(new Date().toISOString())
  }

  test('before anything is up it says so, and the number to call stands already', async () => {
    await opens('/cong')
    await citizen.getByText('Chưa có tin nào').waitFor()
    await inspect(citizen, 'portal-empty')
  })

  test('news stand newest first and go on page by page; what another process puts up is there at once', async () => {
    await publishMany(23)
    await opens('/cong')
    expect(await citizen.locator('.news h2').count()).toBe(20)
    await inspect(citizen, 'portal')
    await citizen.getByRole('link', { name: 'Tin cũ hơn' }).click()
    expect(await citizen.locator('.news h2').count()).toBe(3)
    await citizen.getByRole('link', { name: 'Về tin mới nhất' }).click()
    expect(await citizen.locator('.news h2').count()).toBe(20)
  })

  test('an article is read, heard and called from; it says when it was corrected; other news go on below', async () => {
    const sound = await distant.keepSound(buildWav(new Float32Array(16_000).fill(0.1), 16_000))
    const picture = await distant.addPicture('Bản làng dưới chân núi lúc chiều')
    const words = {
      title: 'Việc nhẹ, lương cao: hỏi kỹ trước khi đi',
      lead: 'Nhiều người ở xã vùng cao bị rủ sang nước ngoài làm “việc nhẹ, lương cao”, rồi bị giữ giấy tờ và ép làm việc.',
      body: [
        'Kẻ xấu thường kết bạn trên mạng, hỏi thăm nhiều ngày, rồi mới **rủ đi làm**. Họ hứa lo hết tiền xe, tiền giấy tờ.',
        `![Bản làng dưới chân núi lúc chiều](media:${picture})`,
        '## Trước khi đi, hãy làm ba việc',
        '1. Hỏi Ủy ban nhân dân xã xem công ty có thật không.\n2. Nói cho người nhà biết đi đâu, với ai.\n3. Giữ giấy tờ trong tay mình.',
        '> Con tôi chỉ đi hai ngày là mất liên lạc. Nhờ gọi sớm mà tìm được.',
        'Nếu đã ở trong tay kẻ xấu, hãy tìm cách gọi điện hoặc nhắn tin cho người thân.',
      ].join('\n\n'),
      languages: ['vi', 'en', 'hmn'],
      recordings: { vi: sound, hmn: sound },
      themes: [0],
    }
    const first = await distant.newsroom.up({ ...words, title: 'Việc nhẹ, lương cao' })
    distant.clock.set(new Date().toISOString())
    const { ids } = await distant.newsroom.up({ ...words, messageId: first.messageId })
    await opens(`/cong/${ids.get('vi')}`)
    await citizen.getByText('Đã sửa lúc').waitFor()
    expect(await citizen.locator('audio').getAttribute('src')).toBe(`/cong/${ids.get('vi')}/nghe`)
    const heard = await citizen.request.get(`/cong/${ids.get('vi')}/nghe`, { headers: { range: 'bytes=0-3' } })
    expect([heard.status(), await heard.text()]).toEqual([206, 'RIFF'])
    expect(await citizen.getByRole('link', { name: 'Rời trang nhanh' }).getAttribute('rel')).toBe('noreferrer')
    await inspect(citizen, 'portal-article')
    const others = citizen.locator('.others h3')
    const before = await others.allTextContents()
    await citizen.getByRole('link', { name: 'Tin cũ hơn' }).click()
    const after = await others.allTextContents()
    expect([before.length, after.length]).toEqual([6, 6])
    expect(after.filter((title) => before.includes(title))).toEqual([])
    await citizen.getByRole('link', { name: 'English' }).click()
    await citizen.getByRole('link', { name: 'Leave quickly' }).waitFor()
    expect(await citizen.locator('html').getAttribute('lang')).toBe('en')
    await citizen.getByRole('link', { name: 'Hmoob' }).click()
    expect(await citizen.locator('article').getAttribute('lang')).toBe('hmn')
    expect(await citizen.context().cookies()).toEqual([])
  })

  test('a theme and a campaign have pages of their own, in the languages they are told in', async () => {
    await opens('/cong')
    await citizen.getByRole('link', { name: 'Quyền được giữ bí mật' }).click()
    await citizen.getByRole('heading', { level: 1, name: 'Quyền được giữ bí mật' }).waitFor()
    await inspect(citizen, 'portal-theme')
    await citizen
      .locator('main')
      .getByRole('link', { name: /Tuyên truyền phòng, chống mua bán người năm/ })
      .click()
    await citizen.getByRole('heading', { level: 1, name: /Tuyên truyền phòng/ }).waitFor()
    expect(await citizen.locator('.languages a').allTextContents()).toEqual(['Tiếng Việt', 'English', 'Hmoob'])
    await inspect(citizen, 'portal-campaign')
    await citizen.getByRole('link', { name: 'English' }).click()
    expect(await citizen.locator('.news h2').count()).toBe(1)
    await citizen.getByText('Campaign').first().waitFor()
    const theme = await citizen.getByRole('link', { name: /Thủ đoạn lừa đảo/ }).getAttribute('href')
    expect(theme).toContain('in=en')
  })

  test('whoever follows it by RSS or Atom asks again and is told that nothing is new', async () => {
    await opens('/cong')
    for (const [name, type] of [
      ['RSS', 'application/rss+xml'],
      ['Atom', 'application/atom+xml'],
    ] as const) {
      const href = (await citizen.getByRole('link', { name }).getAttribute('href')) ?? ''
      const feed = await fetch(`${app.address}${href}`)
      expect([feed.status, feed.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`])
      expect(await feed.text()).toContain(`${app.address}/cong/`)
      const again = await fetch(`${app.address}${href}`, {
        headers: { 'if-none-match': feed.headers.get('etag') ?? '' },
      })
      expect(again.status).toBe(304)
    }
  })

  test('what is taken down by another process is gone at once, and its address says so', async () => {
    const gone = await distant.newsroom.up({ title: 'Số điện thoại mới', body: 'Gọi 113.' })
    const path = `/cong/${gone.ids.get('vi')}`
    await opens(path)
    await distant.newsroom.recall(gone)
    // Told by the database when the recall is committed; the notice takes some milliseconds to get there.
    await expect
      .poll(async () => (await citizen.request.get(path)).status(), { interval: 20, timeout: 2_000 })
      .toBe(410)
    const html = await opens(path, 410)
    expect(html).not.toContain('Gọi 113')
    await citizen.getByText('Bài đã được gỡ lúc').waitFor()
    await inspect(citizen, 'portal-withdrawn')
    const feed = await (await citizen.request.get('/cong/atom.xml')).text()
    expect(feed).toContain(`<at:deleted-entry ref="urn:uuid:${gone.ids.get('vi')}"`)
    expect(feed).not.toContain('Số điện thoại mới')
  })

  test('a page that is not there says where to go, with the number to call', async () => {
    await opens('/cong/0190f5c0-7a5b-7cc1-8f3e-2b1a4c5d6e7f', 404)
    await citizen.getByText('Không có trang này').waitFor()
    await inspect(citizen, 'portal-missing')
  })
})

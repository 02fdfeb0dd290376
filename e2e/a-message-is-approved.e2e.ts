import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agree, openDesk } from './message-desk.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const BODY =
  'Kẻ xấu làm quen qua mạng, hứa trả lương cao và giục đi ngay.\n\n- Không đưa giấy tờ cho người lạ.\n- Hỏi xã trước khi đi.'
const STORY_MS = 120_000

describe.skipIf(whyNoBrowser !== null)(`a message is approved${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
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

  async function decide(username: string): Promise<void> {
    const page = await visitAs(browser, app, username)
    await agree(page, /Việc nhẹ/)
    await inspect(page, `message-decided-by-${username}`)
    await page.context().close()
  }

  test('an officer writes it once and sees it in every channel', { timeout: STORY_MS }, async () => {
    await writer.goto('/messages')
    await inspect(writer, 'messages-empty')
    address = await desk.begin('tin, bài', 'Việc nhẹ, lương cao')
    await inspect(writer, 'message-new')
    await desk.save({
      'Tiêu đề': 'Cảnh giác “việc nhẹ, lương cao”',
      'Mở đầu': 'Nhiều người bị lừa ra nước ngoài làm việc trái phép.',
      'Nội dung': BODY,
      'Lời kêu gọi': 'Khi nghi ngờ, hãy gọi 1800 1567.',
    })
    for (const channel of [
      'cổng, trang thông tin điện tử',
      'loa truyền thanh',
      'tin nhắn',
      'bảng tin điện tử',
      'áp phích',
    ]) {
      await desk.addChannel(channel)
    }
    const words = await writer.locator('main').innerText()
    expect(words).toMatch(/có dấu: \d tin/)
    expect(words).toContain('“18001567” (Đường dây nóng cũ) đã ngừng')
    await inspect(writer, 'message-with-findings')
  })

  test('it is meant for places by name and held back until an hour', { timeout: STORY_MS }, async () => {
    await writer.goto(address)
    await writer.locator('summary', { hasText: 'Nội dung, đối tượng, thời hạn' }).click()
    await writer.getByLabel('Dành cho địa bàn').fill('Xã Bản Hồ; Xã Không Có')
    await writer.getByLabel('Không đưa trước lúc').fill('2026-07-30T07:00')
    await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
    await writer.getByText('Không có địa bàn nào tên hoặc mã “Xã Không Có”').first().waitFor()
    await inspect(writer, 'message-places-refused')
    await writer.getByLabel('Dành cho địa bàn').fill('xã bản hồ')
    await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
    await writer.getByText('Đã lưu.').waitFor()
    expect(await writer.getByLabel('Dành cho địa bàn').inputValue()).toBe('Xã Bản Hồ')
    expect(await writer.getByLabel('Không đưa trước lúc').inputValue()).toBe('2026-07-30T07:00')
  })

  test('a stale number is mended by one tap, everywhere at once', { timeout: STORY_MS }, async () => {
    await writer.goto(`${address}/review`)
    expect(await writer.getByRole('button', { name: /Trình duyệt/ }).getAttribute('aria-disabled')).toBe('true')
    await writer.goto(address)
    await writer.getByRole('button', { name: 'Thay bằng “111”' }).click()
    await writer.getByText('Đã sửa chỗ đó.').waitFor()
    expect(await writer.locator('.preview-loudspeaker').innerText()).toContain('một một một')
    expect(await writer.locator('.preview-sms').innerText()).toContain('hay goi 111')
    await inspect(writer, 'message-mended')
  })

  test(
    'a translation waits for a native speaker, an oral language for its recording',
    { timeout: STORY_MS },
    async () => {
      await desk.addChannel('loa truyền thanh', 'Mông')
      await writer.getByRole('link', { name: 'loa truyền thanh · Mông' }).click()
      await inspect(writer, 'rendition-unrecorded')
      const save = () => writer.getByRole('button', { name: 'Lưu bản thu' }).click()
      const noise = { name: 'a.wav', mimeType: 'audio/wav', buffer: Buffer.from('not a sound at all') }
      await writer.locator('input[type=file]').setInputFiles(noise)
      await save()
      await writer.getByText('Không đọc được bản thu này').first().waitFor()
      await writer.locator('input[type=file]').setInputFiles({ ...noise, buffer: silence(3) })
      await save()
      await writer.getByText('Bản thu không có tiếng').first().waitFor()

      // The browser's own microphone, which beeps once a second here.
      const speaker = await visitAs(browser, app, 'tinh', true)
      await speaker.goto(new URL(writer.url()).pathname)
      await speaker.getByRole('button', { name: 'Thu âm' }).click()
      await speaker.waitForTimeout(4_000)
      await speaker.getByRole('button', { name: 'Dừng thu' }).click()
      await speaker.locator('canvas[data-wave]:visible').waitFor()
      await inspect(speaker, 'rendition-recorded-not-saved')
      await speaker.getByRole('button', { name: 'Lưu bản thu' }).click()
      await speaker.getByText('Đã nhận bản thu.').waitFor()
      const measured = speaker.getByText(/dài \d+ giây · tiếng -?\d+ LUFS/)
      const secondsOf = async () => Number(/dài (\d+)/.exec(await measured.innerText())?.[1])
      expect(await secondsOf()).toBeGreaterThanOrEqual(3)
      await speaker.getByLabel('Đến giây').first().fill('2')
      await speaker.getByRole('button', { name: 'Cắt và lưu bản thu' }).click()
      await speaker.getByText('Đã cắt').waitFor()
      expect(await secondsOf()).toBe(2)
      await speaker.locator('canvas[data-wave]:visible').first().waitFor()
      const heard = await speaker.evaluate(() => document.querySelector('audio')?.duration)
      expect(heard).toBeCloseTo(2, 0)
      await inspect(speaker, 'rendition-recorded')
      await writer.goto(new URL(writer.url()).pathname)
      await writer.getByLabel('Họ tên người bản ngữ').fill('Giàng Seo Pao')
      await writer.getByLabel('Dịch ngược ra tiếng Việt').fill('Đừng tin việc nhẹ. Gọi 111.')
      await writer.getByRole('button', { name: 'Xác nhận bản dịch' }).click()
      await writer.getByText('Đã ghi xác nhận của người bản ngữ.').waitFor()
      const sound = await writer.request.get(`${new URL(writer.url()).pathname}/recording`)
      expect([sound.status(), sound.headers()['content-type']]).toEqual([200, 'audio/mpeg'])
      await inspect(writer, 'rendition-signed')
    },
  )

  test('three people approve it step by step; who wrote it cannot', { timeout: STORY_MS }, async () => {
    await writer.goto(`${address}/review`)
    await writer.getByRole('button', { name: /Trình duyệt/ }).click()
    await writer.getByText('Đã trình.').waitFor()
    await writer.getByText('Không tự duyệt nội dung mình viết').first().waitFor()
    await inspect(writer, 'message-in-review')
    for (const username of ['bientap', 'congan', 'lanhdao']) await decide(username)
    await writer.goto(address)
    await writer.getByText('đã duyệt').first().waitFor()
    await inspect(writer, 'message-approved')
  })

  test('an edit makes the approval void, and says so', { timeout: STORY_MS }, async () => {
    await desk.save({ 'Mở đầu': 'Nhiều người bị lừa.' })
    await writer.getByText('duyệt hết hiệu lực vì đã sửa').first().waitFor()
    await inspect(writer, 'message-void')
    await writer.getByRole('link', { name: 'Các bản' }).click()
    await inspect(writer, 'message-versions')
    await writer
      .getByRole('button', { name: /Lấy lại bản/ })
      .first()
      .click()
    await writer.getByText('Đã lấy lại bản cũ.').waitFor()
  })

  test(
    'what is missing is seen by language, terms and steps are set, a corrected fact is told',
    { timeout: STORY_MS },
    async () => {
      await writer.goto('/messages')
      await inspect(writer, 'messages')
      await writer.goto('/plans')
      await writer.locator('.row-link').first().click()
      await writer
        .getByRole('link', { name: /đợt tuyên truyền/i })
        .first()
        .click()
      await writer.getByRole('link', { name: 'Ngôn ngữ còn thiếu' }).click()
      expect(await writer.locator('main').innerText()).toMatch(/Dao/)
      await writer.getByRole('heading', { name: 'Theo địa bàn' }).waitFor()
      expect(await writer.getByText(/\d\/\d thông điệp/).count()).toBeGreaterThan(100)
      await inspect(writer, 'coverage')
      const coverage = writer.url()
      await writer
        .getByRole('link', { name: /^Phường|^Xã/ })
        .first()
        .click()
      await writer.locator('summary', { hasText: 'Sửa tiếng nói ở đây' }).click()
      await writer.getByLabel('Tiếng Việt').check()
      await writer.getByRole('button', { name: 'Lưu' }).click()
      await writer.getByText('Đã lưu tiếng nói.').waitFor()
      await inspect(writer, 'place-languages')
      await writer.goto(coverage)
      await writer.goto('/terms')
      await writer.getByLabel('Từ tiếng Việt').fill('mua bán người')
      await writer.getByLabel('Từ đã thống nhất').fill('human trafficking')
      await writer.getByLabel('Ngôn ngữ', { exact: true }).first().selectOption('en')
      await writer.getByRole('button', { name: 'Ghi thuật ngữ' }).click()
      await writer.getByText('Đã ghi thuật ngữ.').waitFor()
      await inspect(writer, 'terms-kept')
      await writer.goto('/facts/new')
      await writer.getByLabel('Mã', { exact: true }).fill('bien-phong')
      await writer.getByLabel('Loại').selectOption({ label: 'Đường dây nóng' })
      await writer.getByLabel('Tên', { exact: true }).fill('Bộ đội Biên phòng')
      await writer.getByLabel('Giá trị').fill('0200000003')
      await writer.getByRole('button', { name: 'Lưu' }).click()
      await writer.getByText('Đã lưu dữ kiện.').waitFor()
      const leader = await visitAs(browser, app, 'lanhdao')
      await leader.goto('/review-steps?kind=slogan')
      await leader.getByLabel('Thứ tự').nth(2).fill('')
      await leader.getByRole('button', { name: 'Lưu' }).click()
      await leader.getByText('Đã đặt các bước duyệt.').waitFor()
      await inspect(leader, 'steps-set')
    },
  )

  test(
    'nothing typed is lost: to a dropped network, a killed server, a second writer',
    { timeout: STORY_MS },
    async () => {
      const typing = await visitAs(browser, app, 'tinh', true)
      address = await desk.begin('thông báo', 'Chữ không mất')
      await typing.goto(address)
      await typing.getByLabel('Mở đầu').fill('Chữ thứ nhất')
      await typing.locator('[data-autosave-state]', { hasText: '✓' }).waitFor()
      await typing.reload()
      expect(await typing.getByLabel('Mở đầu').inputValue()).toBe('Chữ thứ nhất')
      await typing.context().setOffline(true)
      await typing.getByLabel('Mở đầu').fill('Chữ gõ lúc mất mạng')
      await typing.locator('[data-autosave-state]', { hasText: '⋯' }).waitFor()
      await typing.context().setOffline(false)
      await typing.reload()
      expect(await typing.getByLabel('Mở đầu').inputValue()).toBe('Chữ gõ lúc mất mạng')
      await typing.getByLabel('Mở đầu').fill('Chữ gõ trước khi máy chủ chết')
      await typing.locator('[data-autosave-state]', { hasText: '✓' }).waitFor()
      await app.killAndStart()
      await typing.getByLabel('Lời kêu gọi').fill('Chữ gõ khi máy chủ đã sống lại')
      await typing.locator('[data-autosave-state]', { hasText: '✓' }).waitFor()
      await typing.reload()
      expect(await typing.getByLabel('Mở đầu').inputValue()).toBe('Chữ gõ trước khi máy chủ chết')
      expect(await typing.getByLabel('Lời kêu gọi').inputValue()).toBe('Chữ gõ khi máy chủ đã sống lại')
      await desk.save({ 'Mở đầu': 'Người khác đã lưu' })
      await typing.getByLabel('Mở đầu').fill('Chữ của tôi')
      await typing.getByRole('button', { name: 'Lưu', exact: true }).click()
      await typing.getByText('Có người vừa lưu một bản khác.').first().waitFor()
      expect(await typing.getByLabel('Mở đầu').inputValue()).toBe('Chữ của tôi')
      await inspect(typing, 'message-clash')
    },
  )
})

/** Seconds of plain silence as 16-bit WAV at 8 kHz. */
function silence(seconds: number): Buffer {
  const bytes = Buffer.alloc(44 + seconds * 16_000)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8_000, 24)
  bytes.writeUInt32LE(16_000, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - 44, 40)
  return bytes
}

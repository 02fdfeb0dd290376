import type { Browser, Page } from 'playwright-core'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntilThere, visitAs } from './visit.ts'

const MADE_WITHIN_MS = 120_000

describe.skipIf(whyNoBrowser !== null)(`a picture is kept${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    page = await visitAs(browser, app, 'tinh')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function add(name: string, buffer: Buffer, title: string): Promise<void> {
    await page.goto('/media/add')
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer })
    await page.getByLabel('Tên', { exact: true }).fill(title)
    await page.getByLabel('Ảnh cho thấy gì').fill('Phiên chợ vùng cao buổi sáng')
    await page.getByLabel('Chủ sở hữu').fill('Sở Văn hóa, Thể thao và Du lịch')
    await page.getByRole('button', { name: 'Thêm tư liệu' }).click()
  }

  async function sizesMade(): Promise<void> {
    await page.waitForURL(/\/media\/[0-9a-f-]{36}/)
    await lookUntilThere(page, page.url(), page.locator('img.media-large'), MADE_WITHIN_MS)
  }

  test('what pretends to be a picture is refused by its bytes, and what was typed comes back', async () => {
    await page.goto('/media')
    await inspect(page, 'media-empty')
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    await add('anh.jpg', svg, 'Chợ phiên')
    await page.getByText('Loại tệp này không được nhận').first().waitFor()
    expect(await page.getByLabel('Tên', { exact: true }).inputValue()).toBe('Chợ phiên')
    await inspect(page, 'media-refused')
  })

  test('its sizes are made without where it was taken, it is found without diacritics, and known again', async () => {
    const taken = await wave()
    await add('cho-phien.jpg', taken, 'Chợ phiên Bắc Hà')
    await page.getByText('Đã thêm tư liệu.').waitFor()
    await sizesMade()
    await page.getByText('dùng được trong thông điệp').waitFor()
    await page.getByText('Nơi chụp đã được tách').waitFor()
    const shown = (await page.locator('img.media-large').getAttribute('src')) ?? ''
    const answer = await page.request.get(shown)
    const { exif, width } = await sharp(await answer.body()).metadata()
    expect([exif, width, answer.headers()['x-content-type-options']]).toEqual([undefined, 900, 'nosniff'])
    await inspect(page, 'media-one')

    await add('lai.jpg', taken, 'Lần nữa')
    await page.getByText('Tệp này đã có trong kho.').waitFor()
    await add('nho.jpg', await sharp(taken).resize(500).jpeg({ quality: 50 }).toBuffer(), 'Chợ phiên, bản nhỏ')
    await sizesMade()
    await page.getByText('Trông giống ảnh này').waitFor()
    await inspect(page, 'media-alike')
    await page.goto('/media?q=cho%20phien%20bac')
    expect(await page.locator('.media-grid li').count()).toBe(1)
    await inspect(page, 'media')
  })

  test('faces are found, blurred in a new picture, and answered for', { timeout: 180_000 }, async () => {
    const people = await readFile(new URL(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg')))
    await add('hop-thon.jpg', people, 'Buổi nói chuyện ở thôn')
    await sizesMade()
    await page.getByText('Máy thấy 3 khuôn mặt').waitFor()
    await inspect(page, 'media-faces')
    const path = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Làm mờ 3 khuôn mặt' }).click()
    await page.getByText('Đã tạo ảnh mới với mặt làm mờ').waitFor()
    await sizesMade()
    await page.getByText('Máy không thấy khuôn mặt nào').waitFor()
    await inspect(page, 'media-faces-blurred')
    await page.goto(path)
    await page.locator('summary', { hasText: 'Trả lời về người trong ảnh' }).click()
    await page.getByLabel('Ai trong ảnh').fill('Cán bộ xã đang nói chuyện, đã đồng ý.')
    await page.getByRole('button', { name: 'Trả lời về người trong ảnh' }).click()
    await page.getByText('Đã có người chịu trách nhiệm:').waitFor()
  })

  test('who keeps no media sees the picture, but not where it was taken nor its file', async () => {
    const path = (await page.locator('.media-grid a').first().getAttribute('href')) ?? ''
    const other = await visitAs(browser, app, 'quantri')
    await other.goto(path)
    expect(await other.locator('main').innerText()).not.toContain('Nơi chụp')
    expect((await other.request.get(`${path}/original`)).status()).toBe(403)
    expect((await other.request.get(`${path}/large`)).status()).toBe(200)
  })
})

/** Soft waves with a place and a day in the file, as a phone writes them. */
function wave(): Promise<Buffer> {
  const [width, height] = [900, 600]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)]
    pixels.set([120 + 100 * Math.sin(x / 90), 110 + 90 * Math.cos(y / 70), 90], at)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD2: { DateTimeOriginal: '2026:07:30 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '103/1 50/1 0/1' },
    })
    .jpeg()
    .toBuffer()
}

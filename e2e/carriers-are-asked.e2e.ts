import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordsOfPdf } from '../src/platform/papers/pdf-words.build.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { SHORT_UNDO, startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 180_000
const SIGNED = { name: 'cong-van-da-ky.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%signed') }

describe.skipIf(whyNoBrowser !== null)(`carriers are asked${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let writer: Page
  let release: string
  let pressedAt: number

  beforeAll(async () => {
    app = await startApp(SHORT_UNDO.settings)
    browser = await openBrowser()
    writer = await somebody('tinh')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  /** What a PDF behind a link says, read by another program than the one that wrote it. */
  async function pdfBehind(page: Page, link: string, at = 0): Promise<string> {
    const href = await page.getByRole('link', { name: link }).nth(at).getAttribute('href')
    const answer = await page.context().request.get(`${app.address}${href}`)
    expect(answer.headers()['content-type']).toBe('application/pdf')
    const words = await wordsOfPdf(new Uint8Array(await answer.body()))
    return words.map(({ text }) => text).join(' ')
  }

  test('a message is approved, proposed as text message and pressed', { timeout: STORY_MS }, async () => {
    await writer.goto('/carrier-requests')
    await inspect(writer, 'carrier-requests-empty')
    const desk = openDesk(writer)
    const message = await desk.begin('thông báo', 'Việc nhẹ, lương cao')
    await desk.save({ 'Tiêu đề': 'Cảnh giác', 'Nội dung': 'Hỏi xã trước khi đi.', 'Lời kêu gọi': 'Hãy gọi {{111}}.' })
    await desk.addChannel('tin nhắn')
    await desk.submit()
    await agreeInTurn(somebody, /Việc nhẹ/)
    await writer.goto(`${message}/release`)
    await writer.getByRole('button', { name: 'Xem trước' }).click()
    await writer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
    release = writer.url().split('?')[0] ?? ''
    const leader = await somebody('lanhdao')
    await leader.goto(release)
    await leader.getByRole('button', { name: /Phát hành \d+ lượt/ }).click()
    await leader.getByText('Đã phát hành.').waitFor()
    pressedAt = Date.now()
    await leader.context().close()
  })

  test(
    'the dossier is written: request, letter and annex, as they would be signed',
    { timeout: STORY_MS },
    async () => {
      await writer.goto(release)
      await writer.getByRole('link', { name: 'Làm hồ sơ đề nghị nhà mạng' }).click()
      await writer.getByText('Viettel; VinaPhone').or(writer.getByText('MobiFone; Viettel')).first().waitFor()
      await inspect(writer, 'carrier-request-new')
      await writer.getByLabel('Ký thay (KT.)').fill('Giám đốc')
      await writer.getByLabel('Chức vụ người ký').fill('Phó Giám đốc')
      await writer.getByLabel('Họ tên người ký').fill('Nguyễn Thị Hoa')
      await writer.getByLabel('Đơn vị soạn thảo').fill('TTCS')
      await writer.getByRole('button', { name: 'Làm hồ sơ đề nghị nhà mạng' }).click()
      await writer.getByText('Đã soạn tờ trình và dự thảo công văn.').waitFor()
      await writer.getByText('Tờ trình chưa có số: hãy lấy số trước.').waitFor()
      await inspect(writer, 'carrier-request-drafted')
      await writer.getByRole('button', { name: 'Lấy số tờ trình' }).click()
      await writer.getByText('Tờ trình đã lấy số.').waitFor()
      const request = await pdfBehind(writer, 'Tải PDF')
      for (const part of [
        'Số: 01/TTr-SVHTTDL',
        'TỜ TRÌNH',
        'Kính gửi: Ủy ban nhân dân tỉnh Lào Cai',
        'Nguyễn Thị Hoa',
      ]) {
        expect(request).toContain(part)
      }
      expect(request).toContain('Hoi xa truoc khi di.')
      const letter = await pdfBehind(writer, 'Tải PDF', 1)
      for (const part of ['ỦY BAN NHÂN DÂN', '- Viettel', 'Tờ trình số 01/TTr-', 'TM. ỦY BAN NHÂN DÂN']) {
        expect(letter).toContain(part)
      }
    },
  )

  test('it goes to the committee, comes back signed, and goes to each carrier', { timeout: STORY_MS }, async () => {
    await writer.getByRole('button', { name: 'Ghi đã trình UBND tỉnh' }).click()
    await writer.getByText('Đã ghi việc trình UBND tỉnh.').waitFor()
    await writer.getByLabel('Số, ký hiệu').fill('812/UBND-VX')
    await writer.getByLabel('Người ký', { exact: true }).fill('Nguyễn Văn Bình')
    await writer.getByLabel('Bản đã ký').setInputFiles(SIGNED)
    await writer.getByRole('button', { name: 'Ghi UBND tỉnh đã ký' }).click()
    await writer.getByText('Công văn số 812/UBND-VX').waitFor()
    await inspect(writer, 'carrier-request-signed')
    await writer.getByRole('button', { name: 'Ghi đã gửi công văn' }).click()
    await writer.getByText('Đã ghi việc gửi công văn.').waitFor()
    expect(await writer.locator('article').count()).toBe(4)
  })

  test('each carrier’s report closes its row of the ledger', { timeout: STORY_MS }, async () => {
    await writer.waitForTimeout(Math.max(0, pressedAt + SHORT_UNDO.ms - Date.now()))
    const dossier = writer.url().split('?')[0] ?? ''
    const until = Date.now() + 30_000
    while ((await writer.getByText('Chưa đến giờ phát hành').count()) > 0 && Date.now() < until) {
      await writer.waitForTimeout(1_000)
      await writer.goto(dossier)
    }
    const carrier = writer.locator('article', { hasText: 'Viettel' })
    await carrier.locator('summary').click()
    await carrier.getByLabel('Số thuê bao đã nhận').fill('412.350')
    await carrier.getByLabel('Số tin nhắn đã gửi').fill('1.237.050')
    const today = await carrier.getByLabel('Đến hết ngày').inputValue()
    await carrier.getByLabel('Từ ngày').fill(today)
    await carrier.getByLabel('Văn bản báo cáo').setInputFiles({ ...SIGNED, name: 'bao-cao-viettel.pdf' })
    await inspect(writer, 'carrier-receipt')
    await carrier.getByRole('button', { name: 'Ghi báo cáo của nhà mạng' }).click()
    await writer.getByText('412.350 thuê bao, 1.237.050 tin nhắn').first().waitFor()
    await inspect(writer, 'carrier-request-reported')
    await writer.goto(release)
    const row = writer.getByRole('row', { name: /^Viettel / })
    await row.getByText('đã đến', { exact: true }).waitFor()
    const sheets = await pdfBehind(writer, 'In tờ việc (PDF)')
    expect(sheets).toContain('Tờ việc · tin nhắn')
    expect(sheets).toContain('111')
    await inspect(writer, 'release-with-carriers')
    await writer.goto('/carrier-requests')
    await inspect(writer, 'carrier-requests')
  })
})

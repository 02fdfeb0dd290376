import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt } from '../src/core/kernel/index.ts'
import { stationByCode } from '../src/core/station/index.ts'
import { airOn, onApp } from './air-on.ts'
import { openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, visitAs } from './visit.ts'

const STORY_MS = 240_000
/** The station of Bản Hồ, over IP, and one that people play by hand. */
const BAN_HO = 'LOA-DTT-03046'

describe.skipIf(whyNoBrowser !== null)(`a commune chooses${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let commune: Page
  let province: Page
  let stationId = ''
  const tomorrow = addDays(dayAt(new Date()), 1)

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    commune = await visitAs(browser, app, 'banho')
    province = await visitAs(browser, app, 'tinh')
    stationId = await onApp(app, async (ctx) => (await stationByCode(ctx.db, BAN_HO))?.id ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
  })

  async function addSlot(name: string, begins: string, lunar = ''): Promise<void> {
    await commune.goto(`/programme/${stationId}/slots`)
    await commune.getByLabel('Tên khung').fill(name)
    await commune.getByLabel('Bắt đầu', { exact: true }).fill(begins)
    if (lunar !== '') {
      await commune.locator('summary', { hasText: 'Ngày chợ phiên' }).click()
      await commune.getByLabel('Các ngày âm lịch').fill(lunar)
      for (const box of await commune.getByRole('checkbox').all()) await box.uncheck()
    }
    await commune.getByRole('button', { name: 'Đặt khung giờ' }).click()
    await commune.getByText('Đã đặt khung giờ.').waitFor()
  }

  test('the commune keeps its slots, the market among them, and none overlaps', { timeout: STORY_MS }, async () => {
    // Its morning and its afternoon came with the demonstration.
    await addSlot('Trưa', '11:00')
    await addSlot('Chợ phiên', '08:00', 'mùng 5, 10, 15')
    await commune.getByText('chợ âm lịch ngày 5, 10, 15').waitFor()
    await commune.getByLabel('Tên khung').fill('Trùng')
    await commune.getByLabel('Bắt đầu', { exact: true }).fill('05:45')
    await commune.getByRole('button', { name: 'Đặt khung giờ' }).click()
    await commune.getByText('Khung này trùng giờ với khung “Sáng” lúc 05:30.').first().waitFor()
    await inspect(commune, 'programme-slots')
  })

  test('it plays, puts off and leaves out, in a minute', { timeout: STORY_MS }, async () => {
    await airOn(app, BAN_HO, 'Thời sự tỉnh', 'priority')
    await airOn(app, BAN_HO, 'Việc nhẹ, lương cao', 'ordinary')
    await airOn(app, BAN_HO, 'Phòng rét cho trâu bò', 'ordinary')
    const day = `/programme/${stationId}?day=${tomorrow}`
    await lookUntil(commune, day, 'Việc nhẹ, lương cao')
    await lookUntil(commune, day, 'Phòng rét cho trâu bò')
    await lookUntil(commune, day, 'Thời sự tỉnh')
    await inspect(commune, 'programme-day')
    const easy = commune.locator('.play', { hasText: 'Việc nhẹ, lương cao' })
    await easy.getByRole('button', { name: 'Để sang 16:30' }).click()
    await commune.getByText('Đã để sang khung khác.').waitFor()
    const cold = commune.locator('.play', { hasText: 'Phòng rét cho trâu bò' })
    await cold.locator('summary', { hasText: 'Bỏ – vì sao' }).click()
    await cold.getByLabel('Vì sao bỏ').fill('Trùng họp thôn')
    await cold.getByRole('button', { name: 'Bỏ bản tin này' }).click()
    await commune.getByText('Vì: Trùng họp thôn').waitFor()
    await cold.getByRole('button', { name: /^Phát/ }).click()
    await commune.getByText('Đã chọn phát.').waitFor()
    await inspect(commune, 'programme-day-decided')
    await commune.goto('/')
    await commune.getByText(/chọn \d+ bản tin cho hôm nay và ngày mai/).waitFor()
    await commune.goto('/programme')
    await inspect(commune, 'programme')
    const pack = await commune.request.get(`/programme/${stationId}/pack.zip?day=${tomorrow}`)
    expect([pack.status(), (await pack.body()).subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const book = await commune.request.get(`/programme/${stationId}/log.pdf?month=${tomorrow.slice(0, 7)}`)
    expect([book.status(), (await book.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    const sheet = await commune.request.get(`/programme/${stationId}/sheet.pdf?day=${tomorrow}`)
    expect(sheet.status()).toBe(200)
  })

  test('the province keeps days off and lays out a release with a preview', { timeout: STORY_MS }, async () => {
    await province.goto('/programme/off-days')
    await province.getByLabel('Tên', { exact: true }).fill('Thi tốt nghiệp')
    await province.getByLabel('Từ ngày').fill(addDays(tomorrow, 2))
    await province.getByRole('button', { name: 'Đặt ngày nghỉ' }).click()
    await province.getByText('Đã đặt ngày nghỉ.').waitFor()
    await inspect(province, 'programme-off-days')
    await province.goto('/programme/silent-hours')
    await province.getByText('chưa có vai trò được làm việc này').first().waitFor()
    const owner = await visitAs(browser, app, 'quantri')
    await owner.goto('/programme')
    await owner.getByRole('link', { name: 'Giờ chờ tin của đài' }).click()
    await owner.getByLabel('Chờ bao nhiêu giờ').fill('1000')
    await owner.getByRole('button', { name: 'Xem trước' }).click()
    await owner.getByText('từ 1 đến 720').last().waitFor()
    expect(await owner.getByLabel('Chờ bao nhiêu giờ').inputValue()).toBe('1000')
    await inspect(owner, 'programme-silence-refused')
    await owner.getByLabel('Chờ bao nhiêu giờ').fill('24')
    await owner.getByRole('button', { name: 'Xem trước' }).click()
    await owner.getByText('Nếu chờ 24 giờ').waitFor()
    await inspect(owner, 'programme-silence')
    await owner.getByRole('button', { name: /^Đặt 24 giờ/ }).click()
    await owner.getByText('Đã đặt số giờ chờ tin.').waitFor()
    await owner.getByText('trong 24 giờ').waitFor()
    const releaseId = await airOn(app, BAN_HO, 'An toàn giao thông', 'ordinary')
    await lookUntil(commune, `/programme/${stationId}?day=${tomorrow}`, 'An toàn giao thông')
    await province.goto(`/releases/${releaseId}/programme`)
    await province.getByRole('button', { name: 'Xem trước' }).click()
    await province.getByText('ngày nghỉ phát: Thi tốt nghiệp').waitFor()
    await inspect(province, 'programme-layout')
    await province.getByRole('button', { name: /^Xếp \d+ lượt phát/ }).click()
    await province.getByText('Đã xếp lịch phát.').waitFor()
  })
})

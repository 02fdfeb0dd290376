import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt, type Id } from '../src/core/kernel/index.ts'
import { stationByCode } from '../src/core/station/index.ts'
import { airOn, onApp } from './air-on.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { decideOnAPhone } from './decide-on-a-phone.ts'
import { drag, fingerOf } from './drag.ts'
import { keepOffAsLeader } from './keep-off-as-leader.ts'
import { layOutACampaign } from './lay-out-a-campaign.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, signInAs, visitAs } from './visit.ts'

const STORY_MS = 240_000
/** The station of Bản Hồ, over IP, and one that people play by hand. */
const BAN_HO = 'LOA-DTT-03046'

describe.skipIf(whyNoBrowser !== null)(`a commune chooses${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let commune: Page
  let province: Page
  let stationId = ''
  let laidOut = '' as Id<'release'>
  let laidOutPage = ''
  let nearDay = ''
  const tomorrow = addDays(dayAt(new Date()), 1)

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    commune = await visitAs(browser, app, 'banho')
    province = await visitAs(browser, app, 'tinh')
    stationId = await onApp(app, async (ctx) => (await stationByCode(ctx.db, BAN_HO))?.id ?? '')
  })
  afterAll(async () => {
    await leaveBrowser(browser)
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

  test('on a phone it decides a day in a few taps, and orders what must be heard', { timeout: STORY_MS }, async () => {
    const mustHear = ['Thời sự tỉnh', 'Phòng cháy rừng']
    const mayHear = ['Việc nhẹ, lương cao', 'Phòng rét cho trâu bò']
    for (const title of mustHear) await airOn(app, BAN_HO, title, 'priority')
    for (const title of mayHear) await airOn(app, BAN_HO, title, 'ordinary')
    laidOut = await airOn(app, BAN_HO, 'An toàn giao thông', 'ordinary')
    for (const title of [...mustHear, ...mayHear, 'An toàn giao thông'])
      await lookUntil(commune, `/programme/${stationId}?day=${tomorrow}`, title)
    await inspect(commune, 'programme-day')
    await lookUntil(commune, '/', /chọn \d+ bản tin cho hôm nay và ngày mai/)
    await commune.setViewportSize({ width: 390, height: 844 })
    await decideOnAPhone(commune, tomorrow)
  })

  test('what it leaves out it may choose again, and a day has its papers', { timeout: STORY_MS }, async () => {
    const day = `/programme/${stationId}?day=${tomorrow}`
    await commune.goto(day)
    const cold = commune.locator('.play', { hasText: 'Phòng rét cho trâu bò' })
    await cold.locator('summary', { hasText: 'Bỏ – vì sao' }).click()
    await cold.getByLabel('Vì sao bỏ').fill('Trùng họp thôn')
    await cold.getByRole('button', { name: 'Bỏ bản tin này' }).click()
    await commune.getByText('Vì: Trùng họp thôn').waitFor()
    await cold.getByRole('button', { name: /^Phát/ }).click()
    await commune.getByText('Đã chọn phát.').waitFor()
    await inspect(commune, 'programme-day-decided')
    await commune.goto('/programme')
    await inspect(commune, 'programme')
    const pack = await commune.request.get(`/programme/${stationId}/pack.zip?day=${tomorrow}`)
    expect([pack.status(), (await pack.body()).subarray(0, 2).toString()]).toEqual([200, 'PK'])
    const book = await commune.request.get(`/programme/${stationId}/log.pdf?month=${tomorrow.slice(0, 7)}`)
    expect([book.status(), (await book.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
    expect((await commune.request.get(`/programme/${stationId}/sheet.pdf?day=${tomorrow}`)).status()).toBe(200)
  })

  test('a day off is shown before it takes plays away, and binds who moves one', { timeout: STORY_MS }, async () => {
    const off = addDays(tomorrow, 2)
    await province.goto('/programme/off-days')
    await province.getByLabel('Tên', { exact: true }).fill('Thi tốt nghiệp')
    await province.getByLabel('Từ ngày').fill(off)
    await province.getByLabel('Đến ngày').fill(tomorrow)
    await province.getByRole('button', { name: 'Xem trước' }).click()
    await province.getByText('Ngày cuối đứng trước ngày đầu.').first().waitFor()
    expect(await province.getByLabel('Tên', { exact: true }).inputValue()).toBe('Thi tốt nghiệp')
    await province.getByLabel('Đến ngày').fill('')
    await province.getByRole('button', { name: 'Xem trước' }).click()
    await province.getByText('3 lượt thông thường, 0 lượt ưu tiên').waitFor()
    await inspect(province, 'programme-off-days-preview')
    // Meanwhile the commune leaves one of them out.
    await commune.goto(`/programme/${stationId}?day=${off}`)
    const cold = commune.locator('.play', { hasText: 'Phòng rét cho trâu bò' })
    await cold.locator('summary', { hasText: 'Bỏ – vì sao' }).click()
    await cold.getByLabel('Vì sao bỏ').fill('Cả xã đi thi')
    await cold.getByRole('button', { name: 'Bỏ bản tin này' }).click()
    await commune.getByText('Vì: Cả xã đi thi').waitFor()
    await province.getByRole('button', { name: 'Đặt ngày nghỉ và rút 3 lượt' }).click()
    await province.getByText('bây giờ sẽ rút 2 lượt, không phải 3').waitFor()
    await inspect(province, 'programme-off-days-unseen')
    await province.getByRole('button', { name: 'Đặt ngày nghỉ và rút 2 lượt' }).click()
    await province.getByText('Đã đặt ngày nghỉ.').waitFor()
    await province.getByText('Đã rút 2 lượt.').waitFor()
    await inspect(province, 'programme-off-days')

    await commune.goto(`/programme/${stationId}?day=${off}`)
    await commune.getByText('Ngày nghỉ phát: Thi tốt nghiệp').waitFor()
    expect(await commune.getByRole('button', { name: /^Phát/ }).count(), 'nothing may be chosen').toBe(0)
    expect(await commune.getByText('Vì: Thi tốt nghiệp').count()).toBe(2)
    await inspect(commune, 'programme-day-off')
    await refusedMove(off, 'Ngày ấy nghỉ phát: Thi tốt nghiệp. Lượt phát vẫn ở chỗ cũ.')
    await allowMinutes(5)
    await refusedMove(addDays(off, 1), 'Ngày ấy đài đã đủ 5 phút phát cho phép.')
    await inspect(commune, 'programme-day-refused')
    await allowMinutes(null)
  })

  const allowMinutes = (dailyMinutes: number | null) =>
    onApp(app, ({ db }) => db.updateTable('station').set({ dailyMinutes }).where('outletId', '=', stationId).execute())

  /** What was chosen stands in the form that was refused. */
  async function refusedMove(day: string, words: string): Promise<void> {
    await commune.goto(`/programme/${stationId}?day=${tomorrow}`)
    const cold = commune.locator('.play', { hasText: 'Phòng rét cho trâu bò' })
    await cold.locator('summary', { hasText: 'Chuyển ngày hoặc thứ tự' }).click()
    await cold.getByLabel('Ngày phát').fill(day)
    await cold.getByLabel('Thứ tự trong khung').fill('2')
    await cold.getByRole('button', { name: 'Chuyển', exact: true }).click()
    await commune.getByText(words).first().waitFor()
    const [chosen, place] = [cold.getByLabel('Ngày phát'), cold.getByLabel('Thứ tự trong khung')]
    expect([await chosen.isVisible(), await chosen.inputValue(), await place.inputValue()]).toEqual([true, day, '2'])
  }

  test('a commune’s leader sets its own day off, and no other’s', { timeout: STORY_MS }, () =>
    keepOffAsLeader(app, commune, addDays(tomorrow, 300)),
  )

  test(
    'the province waits for silent devices, and lays out a release with a preview',
    { timeout: STORY_MS },
    async () => {
      await province.goto('/programme/silent-hours')
      await province.getByText('chưa có vai trò được làm việc này').first().waitFor()
      const owner = await visitAs(browser, app, 'quantri')
      await owner.goto('/programme')
      await owner.getByRole('link', { name: 'Giờ chờ tin của đài' }).click()
      await owner.getByLabel('Chờ bao nhiêu giờ').fill('1000')
      await owner.getByRole('button', { name: 'Xem trước' }).click()
      await owner.getByText('Hãy ghi một số giờ nguyên').first().waitFor()
      expect(await owner.getByLabel('Chờ bao nhiêu giờ').inputValue()).toBe('1000')
      await inspect(owner, 'programme-silence-refused')
      await owner.getByLabel('Chờ bao nhiêu giờ').fill('24')
      await owner.getByRole('button', { name: 'Xem trước' }).click()
      await owner.getByText('Nếu chờ 24 giờ').waitFor()
      await inspect(owner, 'programme-silence')
      await owner.getByRole('button', { name: /^Đặt 24 giờ/ }).click()
      await owner.getByText('Đã đặt số giờ chờ tin.').waitFor()
      await owner.getByText('trong 24 giờ').waitFor()
      await province.goto(`/releases/${laidOut}/programme`)
      await province.getByRole('button', { name: 'Xem trước' }).click()
      await province.getByText('ngày nghỉ phát: Thi tốt nghiệp').waitFor()
      await inspect(province, 'programme-layout')
      await province.getByRole('button', { name: /^Xếp \d+ lượt phát/ }).click()
      await province.getByText('Đã xếp lịch phát.').waitFor()
    },
  )

  test('a campaign is laid out by one form', { timeout: STORY_MS }, () =>
    layOutACampaign(app, province, BAN_HO, `/programme/${stationId}`),
  )

  test(
    'one play of the layout is dragged to another day, or says why it may not be',
    { timeout: STORY_MS },
    async () => {
      const off = addDays(tomorrow, 2)
      const inMonth = (day: string) => day.slice(0, 7) === off.slice(0, 7) && day >= tomorrow
      const near = [addDays(off, 1), addDays(off, -1)].find(inMonth) ?? ''
      nearDay = near
      const free =
        [addDays(off, 2), addDays(off, -1), addDays(off, -2)].find((day) => inMonth(day) && day !== near) ?? ''
      const layer = await visitAs(browser, app, 'tinh', true)
      await layer.goto(`/releases/${laidOut}/programme`)
      await layer.getByRole('link', { name: 'Xem và dời từng lượt phát' }).click()
      laidOutPage = `/releases/${laidOut}/programme/plays?station=${stationId}&month=${off.slice(0, 7)}`
      await layer.goto(laidOutPage)
      const at = (day: string) => layer.locator(`td[data-day="${day}"]`)
      await inspect(layer, 'programme-plays')
      await drag(layer, at(near).locator('.grip'), at(off))
      await layer.getByText('Ngày ấy nghỉ phát: Thi tốt nghiệp').first().waitFor()
      expect([await at(off).locator('.shift').count(), await at(near).locator('.shift').count()]).toEqual([0, 1])
      await inspect(layer, 'programme-plays-refused')
      // The same by the form, which a keyboard reaches.
      await layer.getByLabel('Ngày phát').fill(near)
      await layer.getByLabel('Khung giờ').selectOption({ label: '16:30 Chiều' })
      await layer.getByRole('button', { name: 'Dời lượt này' }).click()
      await layer.getByText('Đã chuyển.').waitFor()
      await at(near).getByText('16:30').waitFor()
      await drag(layer, at(near).locator('.grip'), at(free))
      await layer.getByText('Đã chuyển.').waitFor()
      await at(free).getByText('16:30').waitFor()
      expect(await at(near).locator('.shift').count()).toBe(0)
    },
  )

  test(
    'the same by a finger on a phone, which scrolls the page wherever it holds nothing',
    { timeout: STORY_MS },
    async () => {
      const touch = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } }
      const context = await browser.newContext({ baseURL: app.address, locale: 'vi-VN', ...touch })
      const phone = await context.newPage()
      await signInAs(phone, 'tinh', app.passwords.get('tinh'))
      await phone.goto(laidOutPage)
      const moved = phone.locator('.shift', { hasText: '16:30' }).first()
      const onto = phone.locator(`td[data-day="${nearDay}"]`)
      const finger = await fingerOf(phone)
      await moved.evaluate((play) => play.scrollIntoView({ block: 'center' }))
      await finger.drag(moved.locator('.grip'), onto)
      await phone.getByText('Đã chuyển.').waitFor()
      await onto.getByText('16:30').waitFor()
      await onto
        .locator('.shift')
        .first()
        .evaluate((play) => play.scrollIntoView({ block: 'center' }))
      const before = await phone.evaluate(() => scrollY)
      expect(before).toBeGreaterThan(0)
      await finger.swipe(onto.locator('a').first(), 150)
      await phone.waitForFunction((was) => scrollY < was, before)
      await context.close()
    },
  )

  test(
    'a warning that is taken back sounds on where it has begun, until who took it back has it stopped',
    { timeout: STORY_MS },
    async () => {
      const leader = await visitAs(browser, app, 'lanhdao')
      // Its devices were enrolled, and have told nothing yet of what they play.
      const enrolled = await onApp(app, async ({ db }) => {
        const change = { state: 'enrolled', enrolledAt: new Date(), publicKey: Buffer.alloc(32, 1) }
        const speakers = db.updateTable('device').set(change).where('stationId', '=', stationId)
        return (await speakers.returning('id').execute()).length
      })
      const releaseId = await airOn(app, BAN_HO, 'Lũ quét suối Thầu', 'emergency')
      await lookUntil(leader, `/stations/${stationId}`, 'Lũ quét suối Thầu')
      await leader.goto(`/releases/${releaseId}`)
      await leader.locator('summary', { hasText: 'Thu hồi' }).click()
      await leader.getByText('sẽ phát hết mới thôi').waitFor()
      await leader.locator('#recall-reason').fill('Nước đã rút')
      await leader.getByRole('button', { name: 'Thu hồi' }).click()
      await leader.getByText('có thể vẫn đang vang ở 1 đài').waitFor()
      await inspect(leader, 'release-still-sounds')
      await leader.getByRole('button', { name: `Dừng ${enrolled} thiết bị` }).click()
      await leader.getByText('Đã gửi lệnh.').waitFor()
      await leader.getByText('Đã ra lệnh dừng ở 1 đài').waitFor()
      await inspect(leader, 'release-told-to-stop')
      await leader.getByRole('button', { name: `Cho ${enrolled} thiết bị phát lại` }).click()
      await leader.getByText('Đã ra lệnh dừng ở 1 đài').waitFor({ state: 'hidden' })
    },
  )
})

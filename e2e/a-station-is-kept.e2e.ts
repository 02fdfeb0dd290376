import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { addDays, dayAt } from '../src/core/kernel/index.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { readPhoto } from '../src/platform/papers/read-square.build.ts'
import { runDeviceProgram, type DeviceProgram } from './device-program.ts'
import { ownPort } from './own-port.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, visitAs } from './visit.ts'

const STORY_MS = 180_000

describe.skipIf(whyNoBrowser !== null)(`a station is kept${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let page: Page
  /** Of somebody at the commune of Bản Hồ. */
  let commune: Page
  let device: DeviceProgram | null = null

  beforeAll(async () => {
    app = await startApp({ MQTT_PORT: String(await ownPort()) })
    browser = await openBrowser()
    page = await visitAs(browser, app, 'tinh')
    commune = await visitAs(browser, app, 'banho')
  })
  afterAll(async () => {
    await device?.stop()
    await leaveBrowser(browser)
    await app?.stop()
  })

  async function preview(text: string): Promise<void> {
    await page.goto('/stations/import')
    const file = { name: 'dai-loa.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: 'Xem trước' }).click()
  }

  const tomorrow = addDays(dayAt(new Date()), 1)
  /** What another system sends, under its own name for titles: a bulletin, an hour of tomorrow for Bản Hồ, what it has and says. */
  function packageOf(day: string) {
    const bulletin = { BanTinId: 'TW-1', Ten: 'Chú ý mưa lũ', NoiDung: 'Nước lên.', MucDoUuTien: '2', ThoiLuong: '60' }
    const play = { Id: '1', Order: '1', BanTinId: 'TW-1', Duration: '60' }
    const slot = { Id: '1', Name: 'Từ tỉnh', Start: '19:00', End: '19:20', Playlists: [play] }
    const [station, device] = ['LOA-DTT-03046', 'TB-DTT-03046-1']
    const figures = { station, speaker: device, ward: 'Bản Hồ', total: '4', play_successful: '3', play_time: '180' }
    const report = { MaBaoCao: 'R1', BanTinId: 'TW-1', deviceCode: device, TrangThai: 'DaPhat', ThoiLuong: '60' }
    const whole = {
      NguonId: 'TW',
      BanTin: [bulletin],
      ScheduleDate: [{ Id: '1', DonVi: station, Date: day, SchedulePlaylistTimes: [slot] }],
      ThietBi: [{ deviceCode: device, name: 'Loa trung tâm', areaId: 'Bản Hồ', status: '1' }],
      BaoCaoPhat: [{ ...figures, urgent_bulletin: '0', request_duration: '240' }],
      TrangThai: [{ ...report, ThoiGian: `${day}T00:00:00Z` }],
    }
    return { name: 'goi.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(whole)) }
  }

  async function openBanHo(by: Page): Promise<void> {
    await by.goto('/stations?q=ban+ho')
    await by.locator('.row-link').first().click()
    await by.getByRole('heading', { name: 'Đài truyền thanh xã Bản Hồ' }).waitFor()
  }

  test('a table with bad cells is told cell by cell, and mended it goes in whole', { timeout: STORY_MS }, async () => {
    const list = await (await page.request.get('/stations/export?format=csv')).text()
    const own = list.split('\n').find((line) => line.startsWith('cluster,CUM-DTT-03046-1,')) ?? ''
    const next = own.replace('CUM-DTT-03046-1', 'CUM-DTT-03046-3').replace('Cụm loa số 1', 'Cụm loa chợ Bản Hồ')
    await preview(`${list.trimEnd()}\n${next.replace(',4g,', ',5g,').replace('LOA-DTT-03046', 'LOA-KHONG-CO')}\n`)
    await page.getByText('không có đài mang mã này').waitFor()
    await page.getByText('chỉ 3g, 4g, lan, fm hoặc wired').waitFor()
    await inspect(page, 'stations-import-bad')
    expect(await page.getByRole('button', { name: 'Nhập danh sách này' }).count()).toBe(0)
    await preview(`${list.trimEnd()}\n${next}\n`)
    await page.getByText('Thêm: Cụm loa chợ Bản Hồ').waitFor()
    await inspect(page, 'stations-import-good')
    await page.getByRole('button', { name: 'Nhập danh sách này' }).click()
    await page.getByText('Đã nhập danh sách đài').waitFor()
    expect(await page.locator('main').innerText()).toContain('99 đài')
    await inspect(page, 'stations')
  })

  test('the commune mends its own station, and every flaw stands at its field', { timeout: STORY_MS }, async () => {
    await openBanHo(commune)
    await inspect(commune, 'station')
    await commune.getByRole('link', { name: 'Sửa thông tin đài' }).click()
    await commune.getByLabel('Âm lượng theo giờ').fill('sáng sớm nhỏ thôi')
    await commune.getByRole('button', { name: 'Lưu' }).click()
    await commune.getByText('Viết như 05:00-06:00=60').first().waitFor()
    await inspect(commune, 'station-mend-flaw')
    await commune.getByLabel('Âm lượng theo giờ').fill('5:00-6:00=50')
    await commune.getByRole('button', { name: 'Lưu' }).click()
    await commune.getByText('05:00–06:00: 50 %').waitFor()
    await commune.goto('/stations?q=muong+khuong')
    await commune.locator('.row-link').first().click()
    await commune.getByRole('link', { name: 'Sửa thông tin đài' }).click()
    await commune.getByText('Vai trò của bạn không áp dụng cho cơ quan này.').first().waitFor()
  })

  test(
    'a package from above: bulletins become messages, its hours the commune takes over, the rest stands beside ours',
    { timeout: STORY_MS },
    async () => {
      await page.goto('/bridge/names')
      const form = page.locator('form', { has: page.locator('input[name=section][value=bulletin]') })
      await page
        .locator('summary', { hasText: /^Bản tin/ })
        .first()
        .click()
      await form.getByLabel('TieuDe', { exact: true }).fill('NoiDung')
      await form.getByRole('button', { name: 'Lưu' }).click()
      await page.getByText('Tên “NoiDung” đã dùng cho một trường khác').first().waitFor()
      expect(await form.locator('[name="bulletin.TieuDe"]').inputValue()).toBe('NoiDung')
      await inspect(page, 'bridge-names-flaw')
      await form.getByLabel('TieuDe', { exact: true }).fill('Ten')
      await form.getByRole('button', { name: 'Lưu' }).click()
      await page.getByText('Đã lưu tên trường.').waitFor()
      await page.getByText('đổi 1 trong 15 tên').waitFor()

      await page.goto('/bridge')
      await page.locator('input[type=file]').setInputFiles(packageOf(tomorrow))
      await page.getByRole('button', { name: 'Xem trước' }).click()
      await page.getByText('1 thiết bị, 1 kết quả phát, 1 báo cáo trạng thái').waitFor()
      await inspect(page, 'bridge-preview')
      await page.getByRole('button', { name: 'Nhận gói này' }).click()
      await page.getByText('Đã nhận gói.').waitFor()
      await page.getByRole('link', { name: 'Chú ý mưa lũ' }).click()
      await inspect(page, 'bridge-proposal')
      await page.getByRole('button', { name: 'Lập tin từ bản tin này' }).click()
      await page.getByText('Đã lập tin từ bản tin cấp trên.').waitFor()

      await commune.goto('/')
      await commune.getByRole('link', { name: 'Đài truyền thanh xã Bản Hồ: 1 ngày lịch cấp trên gửi chờ nhận' }).click()
      await commune.locator('.row-link').first().click()
      await commune.getByText('Chú ý mưa lũ').waitFor()
      await inspect(commune, 'bridge-day')
      await commune.getByRole('button', { name: 'Nhận khung giờ' }).click()
      await commune.getByText('Đã nhận khung giờ vào chương trình của đài.').waitFor()
      await openBanHo(commune)
      await commune.goto(`${new URL(commune.url()).pathname.replace('stations', 'programme')}?day=${tomorrow}`)
      await commune.getByText('Từ tỉnh').first().waitFor()

      await page.goto('/bridge')
      await page.getByRole('link', { name: 'goi.json' }).first().click()
      await page.getByText('có mã này ở CUM-DTT-03046-1, chưa dùng').waitFor()
      await inspect(page, 'bridge-kept')
      await page.getByRole('link', { name: 'Kết quả phát (1)' }).click()
      await page.getByText('3/4 lượt').waitFor()
      await page.goto('/bridge')
      await page.getByRole('button', { name: 'Lập gói để tải về' }).click()
      await page.getByText('Đã lập gói.').waitFor()
      const href = await page.getByRole('link', { name: 'Tải gói' }).getAttribute('href')
      const list = unzipSync(await (await page.request.get(href ?? '')).body())['goi.json']
      expect(strFromU8(list ?? new Uint8Array())).toContain('TB-DTT-03046-1')
    },
  )

  test('a device enrols by what the square of a page says, which is shown once', { timeout: STORY_MS }, async () => {
    await openBanHo(commune)
    await commune.getByRole('link', { name: 'Cụm loa số 1', exact: false }).last().click()
    await commune.getByRole('button', { name: 'Cấp mã kích hoạt' }).click()
    const square = commune.getByAltText('Mã QR để kích hoạt thiết bị')
    const said = await readPhoto(await square.screenshot())
    const code = (await commune.locator('.banner .code').innerText()).trim()
    expect(said).toBe(`${app.address}/speaker/enrol#${code}`)
    expect(await (await commune.request.get(said)).text()).toContain('không mở bằng điện thoại')
    await inspect(commune, 'station-enrolment')
    await commune.goto(commune.url().split('?')[0] ?? '')
    expect(await commune.content()).not.toContain(code)
    device = await runDeviceProgram('speaker', [said])
    await lookUntil(commune, commune.url(), 'đúng giờ')
    await commune.getByRole('button', { name: 'Thử tiếng' }).click()
    await commune.getByText('Đã gửi lệnh; chờ thiết bị trả lời bên dưới.').waitFor()
    await inspect(commune, 'station-device')
  })

  test('told to restart it begins anew and says so, once', { timeout: STORY_MS }, async () => {
    const cluster = commune.url().split('?')[0] ?? ''
    const printsLines = (times: number) =>
      vi.waitFor(() => expect(device?.printed()).toHaveLength(times), { timeout: 30_000, interval: 100 })
    await printsLines(1)
    await commune.getByRole('button', { name: 'Khởi động lại' }).click()
    await printsLines(2)
    const [command] = await commune.locator('tr', { hasText: 'Khởi động lại' }).all()
    await lookUntil(commune, cluster, 'đã làm')
    expect(await command?.innerText()).toContain('đã làm')
    await lookUntil(commune, cluster, 'đúng giờ')
    expect(device?.printed()).toHaveLength(2)
  })

  test('all stations are stopped at once, after their number was shown', { timeout: STORY_MS }, async () => {
    // The department is above no commune: the province is.
    const province = await visitAs(browser, app, 'quantri')
    await province.goto('/stations')
    await province.getByText('Cả 99 đài của bộ lọc này').click()
    await province.getByRole('button', { name: 'Xem trước' }).click()
    await province.getByText('1 thiết bị của 84 đài').waitFor()
    await province.getByText('83 đài chưa có thiết bị nào kích hoạt').waitFor()
    await inspect(province, 'stations-stop')
    await province.getByRole('button', { name: 'Dừng 1 thiết bị' }).click()
    await province.getByText('Đã gửi lệnh.').waitFor()
    await openBanHo(commune)
    await commune.getByText('1 thiết bị đang bị dừng khẩn cấp').waitFor()
    await inspect(commune, 'station-stopped')
    await commune.getByRole('link', { name: 'Cho phát lại' }).click()
    await commune.getByRole('button', { name: 'Cho 1 thiết bị phát lại' }).click()
    await commune.getByText('Đã gửi lệnh.').waitFor()
  })

  test('a device is revoked, its effect told before', { timeout: STORY_MS }, async () => {
    await openBanHo(commune)
    await commune.getByRole('link', { name: 'Cụm loa số 1', exact: false }).last().click()
    await device?.stop()
    device = null
    await commune.getByRole('button', { name: 'Thử tiếng' }).click()
    await commune.getByText('chưa trả lời; chờ tới').waitFor()
    await commune.locator('summary', { hasText: 'Thu hồi thiết bị' }).click()
    await commune.getByText('Đài đang nghe được 1 trong 3 cụm.').waitFor()
    await commune.getByText('lệnh đang chờ bị bỏ').waitFor()
    await inspect(commune, 'station-revoke')
    await commune.locator('#revoke-reason').fill('Bị mất cắp')
    await commune.getByRole('button', { name: 'Thu hồi TB-DTT-03046-1' }).click()
    await commune.getByText('Đã thu hồi thiết bị.').waitFor()
    await commune.getByText('Bị mất cắp').waitFor()
    await commune.getByText('Cụm này chưa có thiết bị.').waitFor()
    await inspect(commune, 'station-revoked')
  })
})

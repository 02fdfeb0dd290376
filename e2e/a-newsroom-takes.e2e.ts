import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSimulatedNewsroom } from '../src/channels/press/press-simulator.ts'
import { startWebhookSimulator, type WebhookSimulator } from '../src/channels/webhook/webhook-simulator.ts'
import { BARE_OUTLET_ROW, OUTLET_COLUMNS, type OutletRow } from '../src/core/outlet/index.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { SHORT_UNDO, startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, openPage, visitAs } from './visit.ts'

const STORY_MS = 240_000

describe.skipIf(whyNoBrowser !== null)(`a newsroom takes${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let receiver: WebhookSimulator
  let officer: Page
  let leader: Page
  let newsroom: Page
  let wire: string
  let release: string

  beforeAll(async () => {
    receiver = await startWebhookSimulator()
    process.env['LOA_PRIVATE_NETWORKS'] = `127.0.0.1:${receiver.port}`
    app = await startApp(SHORT_UNDO.settings)
    browser = await openBrowser()
    officer = await somebody('tinh')
    leader = await somebody('lanhdao')
    newsroom = await openPage(browser, app.address)
  })
  afterAll(async () => {
    delete process.env['LOA_PRIVATE_NETWORKS']
    await leaveBrowser(browser)
    await app?.stop()
    await receiver?.close()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  async function openOutlet(code: string): Promise<void> {
    await officer.goto(`/outlets?q=${encodeURIComponent(code)}`)
    await officer.locator('.row-link').first().click()
  }

  test('outlets are brought in; a wrong address is told before anything is', { timeout: STORY_MS }, async () => {
    const door = `http://127.0.0.1:${receiver.port}`
    const webhook = { kind: 'webhook', channel: 'webhook', organisation: 'SVHTTDL-LC-2025' }
    const rows = (address: string) => [
      { code: 'BAO-MAY', name: 'Tòa soạn mô phỏng', kind: 'newsroom', channel: 'press', organisation: 'BAO-LC' },
      { ...webhook, code: 'HE-THONG', name: 'Hệ thống mô phỏng', address },
      { ...webhook, code: 'HE-THONG-HONG', name: 'Hệ thống hỏng', address: `${door}/refused` },
    ]
    await importOutlets(rows('không phải địa chỉ'))
    await officer.getByText('hệ thống khác cần địa chỉ dạng https://').first().waitFor()
    await importOutlets(rows(`${door}/good`))
    await officer.getByRole('button', { name: 'Nhập danh sách này' }).click()
    await officer.getByText('Đã nhập danh sách điểm phát.').waitFor()
    await officer.goto('/press')
    await officer.getByText('chưa có địa chỉ').waitFor()
    await inspect(officer, 'press-closed')

    await openOutlet('Tòa soạn mô phỏng')
    await inspect(officer, 'outlet-newsroom-closed')
    await officer.getByRole('button', { name: 'Cấp địa chỉ bản tin' }).click()
    wire = await officer.locator('.code').innerText()
    expect(wire).toMatch(/\/bao-chi\/[\w-]{43}$/)
    await inspect(officer, 'outlet-newsroom-address')
    for (const name of ['Hệ thống mô phỏng', 'Hệ thống hỏng']) {
      await openOutlet(name)
      await officer.getByRole('button', { name: 'Tạo khóa' }).click()
      expect(await officer.locator('.code').innerText()).toMatch(/^whsec_/)
    }
    await inspect(officer, 'outlet-webhook-secret')
    await officer.getByRole('button', { name: 'Kiểm tra địa chỉ' }).click()
    await officer.getByText('Địa chỉ này gọi được').waitFor()
    await newsroom.goto(wire)
    await newsroom.getByText('Chưa có tin nào.').waitFor()
  })

  async function importOutlets(given: readonly Partial<OutletRow>[]): Promise<void> {
    await officer.goto('/outlets/import')
    const rows = given.map((row) => ({ ...BARE_OUTLET_ROW, means: 'machine', place: 'LC-2025', ...row }))
    const lines = rows.map((row) => OUTLET_COLUMNS.map((column) => row[column]).join(','))
    const text = [OUTLET_COLUMNS.join(','), ...lines].join('\n')
    const file = { name: 'diem-phat.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await officer.locator('input[type=file]').setInputFiles(file)
    await officer.getByRole('button', { name: 'Xem trước' }).click()
  }

  test('an approved message stands on the wire and is told to other machines', { timeout: STORY_MS }, async () => {
    const desk = openDesk(officer)
    const message = await desk.begin('thông báo', 'Việc nhẹ, lương cao')
    const words = { 'Tiêu đề': 'Cảnh giác', 'Nội dung': 'Hỏi xã trước khi đi.', 'Lời kêu gọi': 'Hãy gọi {{111}}.' }
    await desk.save(words)
    for (const channel of ['báo chí', 'hệ thống khác (webhook)']) await desk.addChannel(channel)
    await desk.submit()
    await agreeInTurn(somebody, /Việc nhẹ/)
    await officer.goto(`${message}/release`)
    await officer.getByRole('button', { name: 'Xem trước' }).click()
    await officer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
    release = officer.url().split('?')[0] ?? ''
    await leader.goto(release)
    await leader.getByRole('button', { name: /Phát hành \d+ lượt/ }).click()
    await leader.waitForTimeout(SHORT_UNDO.ms)
    await newsroom.goto(wire)
    await lookUntil(newsroom, wire, 'Số 1')
    await newsroom.getByText('Hỏi xã trước khi đi.').waitFor()
    await inspect(newsroom, 'press-wire')
    expect([...receiver.counts().values()].filter(({ kept }) => kept)).toMatchObject([
      { path: '/good', type: 'release.published', calls: 1 },
    ])
  })

  test('its own program reads it and answers; a person answers by the link', { timeout: STORY_MS }, async () => {
    const machine = startSimulatedNewsroom({ address: wire, habit: 'takes' })
    expect([await machine.look(), await machine.look()]).toEqual([1, 0])
    expect(machine.counts()).toEqual({ sequences: [1], killed: 0, answered: 1 })

    await newsroom.goto(wire)
    await newsroom.getByRole('link', { name: 'Trả lời về tin này' }).click()
    await newsroom.getByText('Đã nhận').first().waitFor()
    await inspect(newsroom, 'press-answer')
    await newsroom.locator('summary', { hasText: 'Đã đăng, phát' }).click()
    await newsroom.getByLabel('Đường dẫn tới bài').fill('javascript:alert(1)')
    await newsroom.getByLabel('Ghi chú').fill('Thời sự trưa')
    await newsroom.getByLabel('Đăng, phát ở đâu').selectOption({ label: 'phát thanh' })
    await newsroom.getByRole('button', { name: 'Ghi: đã đăng, phát' }).click()
    await newsroom.getByText('Đường dẫn phải bắt đầu bằng http').first().waitFor()
    expect(await newsroom.getByLabel('Đường dẫn tới bài').inputValue()).toBe('javascript:alert(1)')
    expect(await newsroom.getByLabel('Ghi chú').inputValue()).toBe('Thời sự trưa')
    await inspect(newsroom, 'press-answer-refused')
    await newsroom.getByLabel('Đường dẫn tới bài').fill('https://bao.example.vn/canh-giac')
    const later = `${new Date().getFullYear() + 1}-01-01T07:00`
    await newsroom.getByLabel('Đăng, phát lúc').fill(later)
    await newsroom.getByRole('button', { name: 'Ghi: đã đăng, phát' }).click()
    await newsroom.getByText('Giờ đăng, phát còn ở phía trước').first().waitFor()
    expect(await newsroom.getByLabel('Đăng, phát lúc').inputValue()).toBe(later)
    await newsroom.getByLabel('Đăng, phát lúc').fill('')
    await newsroom.getByLabel('Thời lượng (phút)').fill('3')
    await newsroom.getByRole('button', { name: 'Ghi: đã đăng, phát' }).click()
    await newsroom.getByText('Đã ghi. Xin cảm ơn tòa soạn.').waitFor()
    await inspect(newsroom, 'press-answer-done')
    await newsroom.goto(`${wire.split('/bao-chi/')[0]}/bao-chi/tra-loi/${'A'.repeat(22)}.${'A'.repeat(22)}`)
    await newsroom.getByText('Địa chỉ này không dùng được').waitFor()
    await inspect(newsroom, 'press-answer-none')
  })

  test(
    'the office sees it on the press page, at the delivery and in the log of calls',
    { timeout: STORY_MS },
    async () => {
      await officer.goto('/press')
      await officer.getByText('1 đã đăng, phát; 0 đã nhận; 0 không đăng').first().waitFor()
      await inspect(officer, 'press')
      await officer.locator('.row-link', { hasText: 'Tòa soạn mô phỏng' }).click()
      await officer.getByText('https://bao.example.vn/canh-giac').waitFor()
      await inspect(officer, 'newsroom')

      const reporter = await somebody('baolaocai')
      await reporter.goto(officer.url())
      await reporter.locator('summary', { hasText: 'Ghi thay tòa soạn' }).first().click()
      await reporter.getByLabel('Đường dẫn tới bài').fill('https://bao.example.vn/ban-in')
      await reporter.getByRole('button', { name: 'Ghi thay tòa soạn' }).click()
      await reporter.getByText('ghi thay tòa soạn').first().waitFor()

      await officer.goto(`${release}?channel=press`)
      await officer.locator('.row-link', { hasText: 'Tòa soạn mô phỏng' }).click()
      await officer.getByText('Tòa soạn đã lấy tin này.').waitFor()
      await inspect(officer, 'delivery-press')

      await openOutlet('Hệ thống hỏng')
      await officer.getByRole('link', { name: 'Nhật ký gọi' }).click()
      await officer.getByText('từ chối').first().waitFor()
      await inspect(officer, 'webhook-log')
      await officer.locator('.row-link').first().click()
      await officer.getByText('không hợp lệ').waitFor({ state: 'attached' })
      await inspect(officer, 'delivery-webhook')
      await officer.getByRole('link', { name: 'Xem trước khi gửi lại' }).click()
      await inspect(officer, 'redrive-preview')
      await officer.getByLabel('Vì sao gửi lại').fill('Họ đã sửa')
      await officer.getByRole('button', { name: 'Gửi lại' }).click()
      await officer.getByText('Lượt này sẽ được gửi lại.').waitFor()
      const refused = () => [...receiver.counts().values()].find(({ path }) => path === '/refused')?.calls ?? 0
      for (let at = 0; at < 40 && refused() < 2; at++) await officer.waitForTimeout(250)
      expect(refused()).toBe(2)
    },
  )

  test('a recall is a kill that nobody can overlook', { timeout: STORY_MS }, async () => {
    await leader.goto(release)
    await leader.locator('summary', { hasText: 'Thu hồi' }).click()
    await leader.locator('#recall-reason').fill('Sai số điện thoại')
    await leader.getByRole('button', { name: 'Thu hồi' }).click()
    await leader.getByText('Đã thu hồi').waitFor()
    await newsroom.goto(wire)
    await lookUntil(newsroom, wire, 'RÚT TIN BẮT BUỘC')
    expect(await newsroom.getByText('Hỏi xã trước khi đi.').count()).toBe(0)
    await inspect(newsroom, 'press-wire-killed')
    await newsroom.getByRole('link', { name: 'Trả lời về tin này' }).first().click()
    await newsroom.getByRole('button', { name: 'Đã nhận lệnh rút tin' }).waitFor()
    await inspect(newsroom, 'press-answer-kill')
    await newsroom.locator('summary', { hasText: 'Không còn đăng' }).click()
    await newsroom.getByRole('button', { name: 'Không còn đăng, không phát' }).click()
    await newsroom.getByText('Đã ghi. Xin cảm ơn tòa soạn.').waitFor()
    const machine = startSimulatedNewsroom({ address: wire, habit: 'silent' })
    await machine.look()
    expect(machine.counts()).toMatchObject({ sequences: [1, 2], killed: 2 })
    expect([...receiver.counts().values()].filter(({ type }) => type === 'release.withdrawn')).toMatchObject([
      { path: '/good', kept: true },
    ])
  })
})

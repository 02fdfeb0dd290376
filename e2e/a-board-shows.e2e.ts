import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { film } from './film.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { runPanel, type PanelDevice } from './panel-of.ts'
import { SHORT_UNDO, startApp, type RunningApp } from './running-app.ts'
import { inspect, lookUntil, lookUntilThere, openPage, visitAs } from './visit.ts'

const STORY_MS = 240_000
const HOURS_BEHIND = 8
const SCREEN = { width: 1280, height: 720 }

describe.skipIf(whyNoBrowser !== null)(`a board shows${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let officer: Page
  let leader: Page
  let keeper: Page
  let screen: Page
  let board: string
  let address: string
  let message: string
  let panel: PanelDevice | null = null
  let panelBoard: string

  beforeAll(async () => {
    app = await startApp({ ...SHORT_UNDO.settings, LOA_PLAYED_DEVICES: 'TB-BDT' })
    browser = await openBrowser()
    officer = await somebody('tinh')
    leader = await somebody('lanhdao')
    keeper = await somebody('quantri')
    screen = await openPage(browser, app.address, true)
    // A box that hangs behind a screen knows the hour badly.
    await screen.addInitScript(`const right = Date.now; Date.now = () => right() - ${HOURS_BEHIND * 3_600_000}`)
    await screen.setViewportSize(SCREEN)
  })
  afterAll(async () => {
    await panel?.stop()
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)
  const shows = (words: string) => screen.locator('.board-words', { hasText: words }).waitFor({ timeout: 60_000 })
  const urgency = (wanted: string) => screen.locator(`#board[data-class="${wanted}"]`).waitFor({ timeout: 60_000 })

  test(
    'it is registered and given its address; any screen that opens it shows its name',
    { timeout: STORY_MS },
    async () => {
      const played = officer.locator('tr', { hasText: 'Bảng chữ chợ Mường Khương' }).getByText('đang hoạt động')
      await lookUntilThere(officer, '/boards', played)
      await inspect(officer, 'boards-of-demonstration')
      await officer.locator('summary', { hasText: 'Thêm bảng điện tử' }).click()
      const fields = { 'Tên bảng': 'Bảng điện tử chợ phiên', 'Mã đơn vị quản lý': 'UBND-02683', 'Mã địa bàn': '02683' }
      for (const [label, words] of Object.entries(fields)) await officer.getByLabel(label).fill(words)
      await officer.getByLabel('Mã', { exact: true }).fill('BDT-1')
      await officer.getByRole('button', { name: 'Thêm bảng điện tử' }).click()
      await officer.getByText('Đã lưu bảng.').waitFor()
      board = officer.url().split('?')[0] ?? ''
      await officer.getByRole('button', { name: 'Cấp địa chỉ' }).click()
      await officer.getByText('Đã cấp địa chỉ.').waitFor()
      await inspect(officer, 'board-address')
      address = (await officer.getByRole('link', { name: /man-hinh/ }).getAttribute('href')) ?? ''
      expect(address).toMatch(/\/man-hinh\/[\w-]{43}$/)
      await screen.goto(address)
      await shows('Bảng điện tử chợ phiên')
      await screen.getByText('111', { exact: true }).waitFor()
      expect(await screen.context().cookies()).toEqual([])
    },
  )

  test(
    'a panel without a browser has a device, enrolled by a code that is shown once',
    { timeout: STORY_MS },
    async () => {
      await officer.goto('/boards')
      await officer.locator('summary', { hasText: 'Thêm bảng điện tử' }).click()
      const fields = { 'Tên bảng': 'Bảng chữ bến xe', 'Mã đơn vị quản lý': 'UBND-02683', 'Mã địa bàn': '02683' }
      for (const [label, words] of Object.entries(fields)) await officer.getByLabel(label).fill(words)
      await officer.getByLabel('Mã', { exact: true }).fill('BDT-2')
      await officer.getByLabel('Bảng hiện được').selectOption('line')
      await officer.getByLabel('Số chữ mỗi dòng').fill('20')
      await officer.getByRole('button', { name: 'Thêm bảng điện tử' }).click()
      await officer.getByText('Đã lưu bảng.').waitFor()
      panelBoard = officer.url().split('?')[0] ?? ''
      await keeper.goto(panelBoard)
      await keeper.getByLabel('Mã thiết bị').fill('BDT-2-LED')
      await inspect(keeper, 'board-device-none')
      await keeper.getByRole('button', { name: 'Thêm thiết bị điều khiển' }).click()
      await keeper.getByText('Đã thêm thiết bị.').waitFor()
      await keeper.getByRole('button', { name: 'Cấp mã kích hoạt' }).click()
      const code = await keeper.locator('.code').innerText()
      await inspect(keeper, 'board-device-code')
      panel = await runPanel(app.address, code)
      await lookUntil(keeper, panelBoard, 'đang hoạt động')
      await inspect(keeper, 'board-device')
    },
  )

  test('an approved message stands on it, and the screen proves that it was seen', { timeout: STORY_MS }, async () => {
    const desk = openDesk(officer)
    message = await desk.begin('thông báo', 'Việc nhẹ, lương cao', 'không thuộc đợt nào')
    const lead = 'Người lạ rủ đi làm việc nhẹ, lương cao ở nước ngoài có thể là kẻ mua bán người.'
    const words = { 'Tiêu đề': 'Cảnh giác việc nhẹ, lương cao', 'Mở đầu': lead, 'Lời kêu gọi': 'Hãy gọi {{111}}.' }
    await desk.save({ ...words, 'Nội dung': 'Hỏi xã trước khi đi.' })
    await desk.addChannel('bảng tin điện tử')
    const id = await keepFilm()
    await officer.goto(message)
    await officer.getByRole('link', { name: 'bảng tin điện tử · Tiếng Việt' }).click()
    await officer.getByLabel('Mã tư liệu (ảnh, video)').fill(id)
    await officer.getByRole('button', { name: 'Lưu', exact: true }).click()
    await officer.getByText('Đã lưu bản này.').waitFor()
    await desk.submit()
    await agreeInTurn(somebody, /Việc nhẹ/)
    await release(officer, leader)
    await shows('Cảnh giác việc nhẹ, lương cao')
    // The film plays beside the words, to its end; letters say the words alone.
    await filmEnds()
    await lookUntil(officer, board, /1 lượt, 0 phút/)
    await inspect(officer, 'board-shown')
    await lookUntil(officer, panelBoard, /\d+ lượt, 0 phút/)
    expect(panel?.lines()).toContain('Cảnh giác việc nhẹ,')
    await inspect(officer, 'board-device-shown')
    await officer.goto('/boards')
    await inspect(officer, 'boards')
    await inspect(screen, 'board-screen')
    await screen.setViewportSize(SCREEN)
    await screen.screenshot({ path: 'var/screenshots/board-screen-720.png' })
  })

  test(
    'without a network it goes on, even opened anew, and tells later what it showed',
    { timeout: STORY_MS },
    async () => {
      await screen.waitForFunction('navigator.serviceWorker.controller !== null')
      // Once more with its network, so that all its parts are kept.
      await screen.reload()
      await shows('Cảnh giác việc nhẹ, lương cao')
      await screen.context().setOffline(true)
      await screen.reload()
      await shows('Cảnh giác việc nhẹ, lương cao')
      await screen.getByText('111', { exact: true }).waitFor()
      const before = await entries()
      await screen.waitForTimeout(20_000)
      expect(await entries()).toBe(before)
      await screen.context().setOffline(false)
      for (let at = 0; at < 60 && (await entries()) <= before; at++) await screen.waitForTimeout(500)
      expect(await entries()).toBeGreaterThan(before)
    },
  )

  test('an emergency breaks in; recalled, it is gone', { timeout: STORY_MS }, async () => {
    const emergency = await release(leader, officer, async () => {
      await leader.getByLabel('Mức gấp').selectOption({ label: 'khẩn cấp' })
      await leader.getByLabel('Lý do khẩn cấp').fill('Có nhóm lừa đảo đang ở chợ')
    })
    await urgency('emergency')
    await inspect(screen, 'board-emergency')
    await screen.setViewportSize(SCREEN)
    await screen.screenshot({ path: 'var/screenshots/board-emergency-720.png' })
    await leader.goto(emergency)
    await leader.locator('summary', { hasText: 'Thu hồi' }).click()
    await leader.locator('#recall-reason').fill('Đã xử lý xong')
    await leader.getByRole('button', { name: 'Thu hồi' }).click()
    await leader.getByText('Đã thu hồi').waitFor()
    await urgency('none')
    // The panel gave way to it as well, and gave it up again.
    expect(panel?.lines().length).toBeGreaterThan(2)
    await lookUntil(officer, panelBoard, /Không có nội dung nào/)
    await shows('Bảng điện tử chợ phiên')
  })

  test(
    'a screen without scripts is refreshed; an address that was changed leads nowhere',
    { timeout: STORY_MS },
    async () => {
      const plain = await openPage(browser, app.address)
      await plain.goto(`${address}/don-gian`)
      await plain.getByText('Bảng điện tử chợ phiên').first().waitFor()
      expect(await plain.locator('meta[http-equiv=refresh]').getAttribute('content')).toBe('10')
      await officer.goto(board)
      await officer.locator('summary', { hasText: 'Cấp địa chỉ mới' }).click()
      await officer.getByRole('button', { name: 'Cấp địa chỉ mới' }).click()
      await officer.getByText('Đã cấp địa chỉ.').waitFor()
      await officer.getByText('đã thôi').first().waitFor()
      const answer = await plain.goto(address)
      expect(answer?.status()).toBe(410)
      await plain.getByText('Địa chỉ này không dùng được').waitFor()
    },
  )

  test('a device that is revoked goes dark and ends', { timeout: STORY_MS }, async () => {
    await keeper.goto(panelBoard)
    await keeper.locator('summary', { hasText: 'Thu hồi thiết bị' }).click()
    await keeper.locator('#revoke-reason').fill('Mất cắp')
    await keeper.getByRole('button', { name: 'Thu hồi BDT-2-LED' }).click()
    await keeper.getByText('Đã thu hồi thiết bị.').waitFor()
    await panel?.ended()
    expect(panel?.lines().at(-1)).toBe('')
  })

  /** Looks until the film on the screen has played to its end, with a picture. */
  async function filmEnds(): Promise<void> {
    const film = `(() => { const one = document.querySelector('.board-media:not([hidden]) video')
      return one !== null && one.ended ? one.videoWidth : 0 })()`
    const end = Date.now() + 30_000
    while (Date.now() < end && (await screen.evaluate<number>(film)) === 0) await screen.waitForTimeout(100)
    expect(await screen.evaluate<number>(film)).toBe(320)
  }

  /** Puts a film into the library; answers by what a board names it. */
  async function keepFilm(): Promise<string> {
    await officer.goto('/media/add')
    await officer.locator('input[type=file]').setInputFiles(await film(screen, 'canh-giac.webm'))
    await officer.getByLabel('Tên', { exact: true }).fill('Phim cảnh giác')
    await officer.getByLabel('Chủ sở hữu').fill('Sở Văn hóa, Thể thao và Du lịch')
    await officer.getByRole('button', { name: 'Thêm tư liệu' }).click()
    await officer.waitForURL(/\/media\/[0-9a-f-]{36}/)
    return /[0-9a-f-]{36}/.exec(officer.url())?.[0] ?? ''
  }

  /** Proposed by one and pressed by another; answers where it stands. */
  async function release(proposer: Page, presser: Page, fill?: () => Promise<void>): Promise<string> {
    await proposer.goto(`${message}/release`)
    await fill?.()
    await proposer.getByRole('button', { name: 'Xem trước' }).click()
    await proposer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
    const where = proposer.url().split('?')[0] ?? ''
    await presser.goto(where)
    await presser.getByRole('button', { name: /Phát hành \d+ lượt/ }).click()
    await presser.getByText('Đã phát hành.').waitFor()
    return where
  }

  /** How many entries of proof the office has of the screen that is believed. */
  async function entries(): Promise<number> {
    await officer.goto(board)
    const said = await officer.locator('li', { hasText: 'được tin' }).innerText()
    return Number(/(\d+) mục nhật ký/.exec(said)?.[1] ?? 0)
  }
})

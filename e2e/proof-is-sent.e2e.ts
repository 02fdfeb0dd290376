import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { openPhone, type Phone } from './phone.ts'
import { picture, type Picture } from './picture.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'
import { openWeakNetwork, type WeakNetwork } from './weak-network.ts'

const STORY_MS = 240_000
const KEPT_WITHIN_MS = 30_000
const SENT_WITHIN_MS = 90_000

describe.skipIf(whyNoBrowser !== null)(`proof is sent${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let officer: Page
  let network: WeakNetwork
  let phone: Phone | null = null

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    network = await openWeakNetwork(app.address)
    officer = await somebody('banho')
  })
  afterEach(async () => {
    network.mend()
    await phone?.lose()
    phone = null
  })
  afterAll(async () => {
    await network?.stop()
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string, scripts = false) => visitAs(browser, app, username, scripts)

  /** Turns the phone on, signs in over the weak network and opens the form, until it is kept for later; all that a day before. */
  async function phoneOf(username: string): Promise<Page> {
    phone ??= await openPhone()
    await keepForm(await phone.start(), username)
    await phone.rest()
    const page = await phone.start()
    await page.goto(`${network.address}/evidence/send`)
    return page
  }

  async function keepForm(page: Page, username: string): Promise<void> {
    await page.goto(`${network.address}/sign-in?lang=vi`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu').fill(app.passwords.get(username) ?? '')
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
    await openForm(page)
  }

  async function openForm(page: Page): Promise<void> {
    await page.goto(`${network.address}/evidence/send`)
    await page.locator('html[data-kept]').waitFor({ state: 'attached', timeout: KEPT_WITHIN_MS })
  }

  async function fillTalk(page: Page, spot: string, people: number, photos: readonly Picture[]): Promise<void> {
    await page.getByLabel('Loại hoạt động').selectOption({ label: 'Tuyên truyền tại chợ phiên' })
    await page.getByLabel('Lượt người dự').fill(String(people))
    await page.getByLabel('Nơi cụ thể').fill(spot)
    await page.getByLabel('Chọn ảnh có sẵn').setInputFiles([...photos])
    await page
      .locator('.thumbs li')
      .nth(photos.length - 1)
      .waitFor()
  }

  /** What the office has of a spot: each activity with how many photographs. */
  async function received(spot: string): Promise<{ readonly href: string; readonly photos: number }[]> {
    await officer.goto(`/evidence?words=${encodeURIComponent(spot)}`)
    const links = await officer
      .locator('.row-link')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    const found = []
    for (const href of links) {
      await officer.goto(href)
      found.push({ href, photos: await officer.locator('.media-grid li').count() })
    }
    return found
  }

  test(
    'by the plain form, without scripts, from a task: the form remembers, and the task is done',
    { timeout: STORY_MS },
    async () => {
      await officer.goto('/evidence')
      await inspect(officer, 'evidence-empty')
      await officer.goto('/evidence/send?kind=market_session')
      await inspect(officer, 'proof-form')
      await officer.getByLabel('Nơi cụ thể').fill('Chợ phiên Bản Hồ')
      await officer.getByLabel('Lượt người dự').fill('84')
      await officer.locator('summary', { hasText: 'Chia theo giới' }).first().click()
      await officer.getByLabel('Nữ', { exact: true }).first().fill('90')
      await officer.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await officer.getByText('nhiều hơn tổng 84').first().waitFor()
      expect(await officer.getByLabel('Nơi cụ thể').inputValue()).toBe('Chợ phiên Bản Hồ')
      await inspect(officer, 'proof-form-refused')
      await officer.getByLabel('Nữ', { exact: true }).first().fill('50')
      await officer.getByLabel('Chọn ảnh có sẵn').setInputFiles(await picture('cho.jpg', 90))
      await officer.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await officer.getByText('Đã gửi minh chứng.').waitFor()
      await officer.getByText('84 lượt người').first().waitFor()
      await officer.getByText('có ảnh, giấy tờ').first().waitFor()
      await inspect(officer, 'evidence-one')
      await officer.goto('/evidence')
      await inspect(officer, 'evidence-list')
    },
  )

  test('three times the same form is one activity', { timeout: STORY_MS }, async () => {
    const spot = 'Thôn La Ve'
    await officer.goto('/evidence/send?kind=banner')
    const again = await officer
      .getByRole('textbox')
      .first()
      .evaluate(() => '')
    expect(again).toBe('')
    const fields = await formFields(officer)
    const sent = { ...fields, count_banners: '2', spot }
    for (const time of [1, 2, 3]) {
      const answer = await officer.request.post('/evidence/send', { multipart: sent, headers: { origin: app.address } })
      expect(answer.ok(), `time ${time}`).toBe(true)
    }
    expect(await received(spot)).toHaveLength(1)
    await officer.goto('/tasks')
    expect(await officer.getByRole('link', { name: /Tháo dỡ sau 15 ngày/ }).count()).toBe(1)
  })

  test(
    'without a network: written, the battery empty, started again, sent once with all photographs',
    { timeout: STORY_MS },
    async () => {
      const spot = 'Chợ Tả Van'
      let page = await phoneOf('banho')
      await inspectPhone(page, 'proof-phone')
      network.cut()
      await page.goto(`${network.address}/evidence/send`)
      await page.getByRole('button', { name: 'Thêm 1 lượt người' }).click()
      await fillTalk(page, spot, 61, [await picture('a.jpg', 60), await picture('b.jpg', 75)])
      // Killed before it was sent: what was typed and shot is there again.
      await phone?.kill()
      page = (await phone?.start()) as Page
      await page.goto(`${network.address}/evidence/send`)
      await page.locator('.thumbs li').nth(1).waitFor()
      expect(await page.getByLabel('Lượt người dự').inputValue()).toBe('61')
      await page.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await page.locator('.queue-item[data-state=waiting]').waitFor()
      await inspectPhone(page, 'proof-waiting')
      await phone?.kill()
      page = (await phone?.start()) as Page
      await page.goto(`${network.address}/evidence/send`)
      await page.locator('.queue-item').getByText('chờ mạng').waitFor()
      expect(await received(spot)).toEqual([])
      network.mend()
      await page.locator('.queue-item[data-state=sent]').waitFor({ timeout: SENT_WITHIN_MS })
      await inspectPhone(page, 'proof-sent')
      expect((await received(spot)).map(({ photos }) => photos)).toEqual([2])
      await inspect(officer, 'evidence-from-phone')
    },
  )

  test('over a network that flaps: the pieces come together', { timeout: STORY_MS }, async () => {
    const spot = 'Trường Nậm Cang'
    const page = await phoneOf('banho')
    network.flap()
    await fillTalk(page, spot, 140, [await picture('lon.jpg', 31, 2_400), await picture('nho.jpg', 44)])
    await page.getByRole('button', { name: 'Gửi minh chứng' }).click()
    await page.locator('.queue-item[data-state=sent]').waitFor({ timeout: SENT_WITHIN_MS })
    expect((await received(spot)).map(({ photos }) => photos)).toEqual([2])
  })

  test(
    'what the office refuses comes back to be mended; who signs out is warned; the next person sees none of it',
    { timeout: STORY_MS },
    async () => {
      const page = await phoneOf('banho')
      await fillTalk(page, 'Chợ Bản Phùng', 10, []).catch(() => undefined)
      await page.locator('summary', { hasText: 'Chia theo giới' }).first().click()
      await page.getByLabel('Nam', { exact: true }).first().fill('99')
      await page.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await page.getByText('nhiều hơn tổng').waitFor()
      await inspectPhone(page, 'proof-refused')
      let asked = ''
      page.once('dialog', (dialog) => {
        asked = dialog.message()
        void dialog.accept()
      })
      await page.getByRole('button', { name: 'Đăng xuất' }).click()
      await page.getByLabel('Tên đăng nhập').waitFor()
      expect(asked).toContain('Còn 1 mục chưa gửi')
      await page.close()

      const other = await signInOn(page, 'batxat')
      await openForm(other)
      await other.getByText('Máy này còn 1 mục của người khác').waitFor()
      expect(await other.locator('.queue-item').count()).toBe(0)
      expect(await other.locator('main').innerText()).not.toContain('Bản Phùng')
      await other.getByRole('button', { name: 'Đăng xuất' }).click()
      await other.getByLabel('Tên đăng nhập').waitFor()

      const back = await signInOn(other, 'banho')
      await openForm(back)
      await back.getByRole('button', { name: 'Sửa' }).click()
      await back.getByLabel('Nam', { exact: true }).first().fill('6')
      await back.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await back.locator('.queue-item[data-state=sent]').waitFor({ timeout: SENT_WITHIN_MS })
      expect(await received('Chợ Bản Phùng')).toHaveLength(1)
    },
  )

  async function signInOn(before: Page, username: string): Promise<Page> {
    const page = await before.context().newPage()
    await page.goto(`${network.address}/sign-in?lang=vi`)
    await page.getByLabel('Tên đăng nhập').fill(username)
    await page.getByLabel('Mật khẩu').fill(app.passwords.get(username) ?? '')
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
    return page
  }

  test('by keyboard alone', { timeout: STORY_MS }, async () => {
    const page = await somebody('banho', true)
    await page.goto('/evidence/send?kind=leaflet')
    await page.getByRole('button', { name: 'Thêm 1 tờ' }).focus()
    for (const _press of [1, 2, 3]) await page.keyboard.press('Enter')
    expect(await page.getByLabel('Tờ rơi').inputValue()).toBe('3')
    await page.getByLabel('Nơi cụ thể').focus()
    await page.keyboard.type('Cổng trường Bản Hồ')
    // Spoken instead of written, into the microphone.
    await page.locator('summary', { hasText: 'Ghi chú hoặc ghi âm' }).press('Enter')
    await page.getByRole('button', { name: 'Thu âm' }).press('Enter')
    await page.getByText('0:02', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Dừng thu' }).press('Enter')
    await page.locator('audio[data-listen]').waitFor()
    await inspect(page, 'proof-spoken')
    await page.getByLabel('Nơi cụ thể').focus()
    const send = page.getByRole('button', { name: 'Gửi minh chứng' })
    for (let step = 0; step < 40 && !(await send.evaluate((one) => one === document.activeElement)); step += 1) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.locator('.queue-item[data-state=sent]').waitFor({ timeout: SENT_WITHIN_MS })
    expect(await received('Cổng trường Bản Hồ')).toHaveLength(1)
    await inspect(officer, 'proof-heard')
    const heard = await officer.request.get((await officer.locator('audio').getAttribute('src')) ?? '')
    expect(heard.headers()['content-type']).toBe('audio/mpeg')
  })
})

/** What the form would send as it stands, without its files. */
async function formFields(page: Page): Promise<Record<string, string>> {
  const html = await page.content()
  const value = (name: string) =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="${name}"`)
      .exec(html)
      ?.slice(1)
      .find(Boolean) ?? ''
  return {
    activityId: value('activityId'),
    organisationId: value('organisationId'),
    day: value('day'),
    kind: 'banner',
  }
}

async function inspectPhone(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `var/screenshots/${name}-390.png`, fullPage: true })
}

import { simpleParser } from 'mailparser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMailSimulator, type MailSimulator } from '../src/channels/bulletin/simulator/mail-simulator.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { agreeInTurn, openDesk } from './message-desk.ts'
import { SHORT_UNDO, startApp, type RunningApp } from './running-app.ts'
import { inspect, openPage, visitAs } from './visit.ts'

const STORY_MS = 240_000
const READER = 'ban.doc@nguoidoc.example'

describe.skipIf(whyNoBrowser !== null)(`a reader subscribes${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let simulator: MailSimulator
  let reader: Page

  beforeAll(async () => {
    simulator = await startMailSimulator({ port: 0 })
    app = await startApp({
      ...SHORT_UNDO.settings,
      SMTP_URL: `smtp://127.0.0.1:${simulator.port}`,
      MAIL_FROM: 'Bản tin tỉnh <ban-tin@loa.example>',
    })
    browser = await openBrowser()
    reader = await openPage(browser, app.address)
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
    await simulator?.close()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  /** The newest letter to the reader beyond those that came before, from the mailbox of the simulator. */
  async function letter(before: number) {
    const until = Date.now() + 90_000
    for (;;) {
      const all = simulator.letters().filter(({ to }) => to === READER)
      const newest = all.at(-1)
      if (newest && all.length > before) return simpleParser(Buffer.from(newest.raw, 'latin1'))
      if (Date.now() > until) throw new Error('no letter came')
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }

  const linkIn = (text: string | undefined) => new URL(/https?:\/\/\S+/.exec(text ?? '')?.[0] ?? '').pathname

  test(
    'on the portal, where nothing is ticked for them, and is told the same whoever they are',
    { timeout: STORY_MS },
    async () => {
      await reader.goto('/cong/ban-tin')
      await reader.getByText('Chưa có số nào.').waitFor()
      await inspect(reader, 'bulletins-empty')
      await reader.getByRole('main').getByRole('link', { name: 'Nhận bản tin qua thư điện tử' }).click()
      expect(await reader.getByLabel('Tôi đồng ý').isChecked()).toBe(false)
      await inspect(reader, 'subscribe')
      await reader.getByLabel('Địa chỉ thư điện tử').fill(READER)
      await reader.getByRole('button', { name: 'Gửi thư xác nhận' }).click()
      await reader.getByText('Cần bạn đánh dấu đồng ý').first().waitFor()
      expect(await reader.getByLabel('Địa chỉ thư điện tử').inputValue()).toBe(READER)
      await inspect(reader, 'subscribe-refused')
      await reader.getByLabel('Tôi đồng ý').check()
      await reader.getByRole('button', { name: 'Gửi thư xác nhận' }).click()
      await reader.getByText('Hãy mở hộp thư của bạn').first().waitFor()
      await inspect(reader, 'subscribe-sent')
    },
  )

  test('confirms by the one link of a mail, and not by merely looking at it', { timeout: STORY_MS }, async () => {
    const mail = await letter(0)
    expect(mail.subject).toBe('Xác nhận nhận bản tin')
    await reader.goto(linkIn(mail.text))
    await reader.getByText('Bản tin phòng, chống mua bán người').first().waitFor()
    await inspect(reader, 'subscribe-confirm')
    await reader.getByRole('button', { name: 'Xác nhận' }).click()
    await reader.getByText('Đã xác nhận.').waitFor()
    await inspect(reader, 'subscribe-wishes')
  })

  test(
    'gets the bulletin, reads it on the portal by its number, and leaves by one tap',
    { timeout: STORY_MS },
    async () => {
      const writer = await somebody('tinh')
      const desk = openDesk(writer)
      const message = await desk.begin('thông báo', 'Việc nhẹ, lương cao')
      await desk.save({
        'Tiêu đề': 'Cảnh giác “việc nhẹ, lương cao”',
        'Nội dung': 'Hỏi xã trước khi đi.',
        'Lời kêu gọi': 'Hãy gọi {{111}}.',
      })
      await desk.addChannel('bản tin')
      await desk.submit()
      await agreeInTurn(somebody, /Việc nhẹ/)
      await writer.goto(`${message}/release`)
      await writer.getByRole('button', { name: 'Xem trước' }).click()
      await writer.waitForURL(/\/releases\/[0-9a-f-]{36}/)
      const release = writer.url().split('?')[0] ?? ''
      const leader = await somebody('lanhdao')
      await leader.goto(release)
      await leader.getByRole('button', { name: /Phát hành/ }).click()
      await leader.waitForTimeout(SHORT_UNDO.ms)
      const mail = await letter(1)
      expect(mail.subject).toBe('Cảnh giác “việc nhẹ, lương cao”')
      expect(mail.text?.split('\n')[0]).toContain('111')

      await reader.goto('/cong/ban-tin/1')
      await reader.getByText('Hỏi xã trước khi đi.').waitFor()
      await inspect(reader, 'bulletin-issue')
      await reader.goto('/cong/ban-tin')
      await inspect(reader, 'bulletins')

      const raw =
        simulator
          .letters()
          .filter(({ to }) => to === READER)
          .at(-1)?.raw ?? ''
      const leave = new URL(/^List-Unsubscribe: <([^>]+)>/m.exec(raw)?.[1] ?? '').pathname
      await reader.goto(leave)
      await reader.getByRole('button', { name: /Thôi nhận “/ }).waitFor()
      // As a mail program does it: one POST without cookie or origin.
      const answer = await fetch(app.address + leave, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      })
      expect(answer.status).toBe(200)
      await reader.reload()
      await reader.getByText('Bạn không còn nhận bản tin nào.').waitFor()
      await inspect(reader, 'subscribe-left')
    },
  )

  test(
    'is seen in the office by one letter, found by the whole address, and erased',
    { timeout: STORY_MS },
    async () => {
      const officer = await somebody('quantri')
      await officer.goto('/subscribers')
      await inspect(officer, 'subscribers')
      await officer.locator('.row-link').first().click()
      await officer.getByText('d…@nguoidoc.example').first().waitFor()
      expect(await officer.getByText('ban.doc').count()).toBe(0)
      await inspect(officer, 'subscriber-list')
      await officer.getByRole('link', { name: 'Nhập danh sách' }).click()
      const table = 'contact,language,consent_on,consent_note\nmoi@nguoidoc.example,vi,2026-01-05,Họp\nsai,,,\n'
      await officer
        .getByLabel('Tệp CSV')
        .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
      await officer.getByRole('button', { name: 'Xem trước' }).click()
      await officer.getByText('Bảng còn 3 ô sai').first().waitFor()
      await inspect(officer, 'subscriber-import-bad')
      const good = table.replace('sai,,,\n', '')
      await officer
        .getByLabel('Tệp CSV')
        .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(good) })
      await officer.getByRole('button', { name: 'Xem trước' }).click()
      await officer.getByText('1 địa chỉ').first().waitFor()
      await inspect(officer, 'subscriber-import')
      await officer.getByRole('button', { name: 'Nhập vào danh sách này' }).click()
      await officer.getByText('Đã nhập vào danh sách.').waitFor()

      await officer.goto('/subscribers')
      await officer.locator('#field-contact').fill(READER)
      await officer.getByRole('button', { name: 'Tìm', exact: true }).last().click()
      await officer.getByText('b…@nguoidoc.example').first().waitFor()
      expect(officer.url()).not.toContain('ban.doc')
      await officer.locator('summary', { hasText: 'Xóa người này' }).click()
      await inspect(officer, 'subscriber')
      await officer.getByRole('button', { name: 'Xóa hẳn' }).click()
      await officer.getByText('Đã xóa địa chỉ; chỉ còn con số.').waitFor()
      await inspect(officer, 'subscriber-erased')
    },
  )
})

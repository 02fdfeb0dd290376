import * as OTPAuth from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, openPage, signInAs } from './visit.ts'

const OWN_PASSWORD = 'nương ngô bốn mùa xanh'

describe.skipIf(whyNoBrowser !== null)(`a person is let in${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser
  let administrator: Page
  let newcomer: Page
  let issued: string
  let authenticator: OTPAuth.TOTP
  let recovery: string

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
    administrator = await openPage(browser, app.address)
    newcomer = await openPage(browser, app.address)
    await signInAs(administrator, 'quantri', app.passwords.get('quantri'))
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  test('an administrator adds them, what was typed comes back when it will not do, and the password is shown once', async () => {
    await administrator.goto('/people')
    await inspect(administrator, 'people')
    await administrator.getByRole('link', { name: 'Thêm cán bộ' }).click()
    await administrator.getByLabel('Họ và tên').fill('Giàng Thị Sua')
    await administrator.getByLabel('Tên đăng nhập').fill('tinh')
    await administrator.getByRole('button', { name: 'Thêm cán bộ' }).click()
    await administrator.getByText('Đã có người dùng tên đăng nhập tinh.').first().waitFor()
    expect(await administrator.getByLabel('Họ và tên').inputValue()).toBe('Giàng Thị Sua')
    await inspect(administrator, 'person-refused')
    await administrator.getByLabel('Tên đăng nhập').fill('sua')
    await administrator.getByRole('button', { name: 'Thêm cán bộ' }).click()
    issued = (await administrator.locator('.banner .code').textContent())?.trim() ?? ''
    expect(issued.length).toBeGreaterThan(10)
    await inspect(administrator, 'person-issued')
    await administrator.getByRole('link', { name: 'Giao vai trò' }).click()
    await administrator.getByLabel('Mã cơ quan').fill('UBND-03046')
    await administrator.getByLabel('Vai trò', { exact: true }).selectOption({ label: 'Cán bộ cơ sở' })
    await administrator.getByRole('button', { name: 'Giao vai trò' }).click()
    await administrator.getByText('Đã giao vai trò.').waitFor()
    await inspect(administrator, 'person')
  })

  test('they change the password at once, and only then come to anything else', async () => {
    await newcomer.goto('/sign-in')
    await newcomer.getByLabel('Tên đăng nhập').fill('sua')
    await newcomer.getByLabel('Mật khẩu').fill(issued)
    await newcomer.getByRole('button', { name: 'Đăng nhập' }).click()
    await newcomer.goto('/tasks')
    expect(new URL(newcomer.url()).pathname).toBe('/account')
    await inspect(newcomer, 'account-first')
    await newcomer.getByLabel('Mật khẩu hiện tại').fill(issued)
    await newcomer.getByLabel('Mật khẩu mới', { exact: true }).fill(OWN_PASSWORD)
    await newcomer.getByLabel('Gõ lại mật khẩu mới').fill(OWN_PASSWORD)
    await newcomer.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await newcomer.getByText('Đã đổi mật khẩu').waitFor()
    await newcomer.goto('/tasks')
    expect(new URL(newcomer.url()).pathname).toBe('/tasks')
  })

  test('they set up a second factor with an authenticator, and sign in by it', async () => {
    await newcomer.goto('/account/two-factor')
    await newcomer.getByRole('button', { name: 'Tiếp tục' }).click()
    const secret = (await newcomer.locator('p .code').textContent())?.trim() ?? ''
    await inspect(newcomer, 'two-factor-scan')
    authenticator = new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret.replace(/\s/g, '')) })
    await newcomer.getByLabel('Mã 6 số').fill('000000')
    await newcomer.getByRole('button', { name: 'Bật' }).click()
    await newcomer.getByText('Mã chưa đúng').first().waitFor()
    await newcomer.getByLabel('Mã 6 số').fill(authenticator.generate())
    await newcomer.getByRole('button', { name: 'Bật' }).click()
    recovery = (await newcomer.locator('ul.code li').first().textContent())?.trim() ?? ''
    await inspect(newcomer, 'two-factor-codes')
    await newcomer.getByRole('link', { name: 'Tôi đã cất các mã' }).click()
    await newcomer.getByRole('button', { name: 'Đăng xuất', exact: true }).click()
    await newcomer.goto('/sign-in')
    await newcomer.getByLabel('Tên đăng nhập').fill('sua')
    await newcomer.getByLabel('Mật khẩu').fill(OWN_PASSWORD)
    await newcomer.getByRole('button', { name: 'Đăng nhập' }).click()
    await newcomer.getByLabel('Mã 6 số').waitFor()
    await inspect(newcomer, 'sign-in-code')
    await newcomer.getByLabel('Mã 6 số').fill(recovery)
    await newcomer.getByRole('button', { name: 'Đăng nhập' }).click()
    await newcomer.getByRole('link', { name: 'Hôm nay', exact: true }).waitFor()
  })

  test('a leader lends a role for a time, with its reference, and takes it back', async () => {
    const leader = await openPage(browser, app.address)
    await signInAs(leader, 'lanhdao', app.passwords.get('lanhdao'))
    await leader.goto('/organisations/SVHTTDL-LC-2025')
    await leader.locator('summary', { hasText: 'Ủy quyền vai trò của tôi' }).click()
    await leader.getByLabel('Người được ủy quyền').fill('bientap')
    await leader.getByLabel('Đến hết ngày').fill('2030-12-31')
    await leader.getByLabel('Căn cứ').fill('Giấy ủy quyền số 12/GUQ-SVHTTDL')
    await leader.getByRole('button', { name: 'Ủy quyền vai trò của tôi' }).click()
    const refused = await leader.locator('.problems').count()
    if (refused) {
      await inspect(leader, 'delegation-refused')
      expect(await leader.getByLabel('Căn cứ').inputValue()).toContain('12/GUQ')
      await leader.getByLabel('Đến hết ngày').fill(inDays(30))
      await leader.getByRole('button', { name: 'Ủy quyền vai trò của tôi' }).click()
    }
    await leader.getByText('Đã ủy quyền.').waitFor()
    await inspect(leader, 'delegation')
    await leader.getByRole('button', { name: 'Chấm dứt' }).click()
    await leader.getByText('Đã chấm dứt ủy quyền.').waitFor()
  })

  test('the administrator sees their devices, signs one out, resets and suspends; the person is out at once', async () => {
    await administrator.goto('/people?q=sua')
    await administrator.getByRole('link', { name: 'Giàng Thị Sua' }).click()
    await administrator.getByRole('button', { name: 'Đăng xuất thiết bị này' }).first().click()
    await administrator.getByText('Đã đăng xuất thiết bị đó.').waitFor()
    await newcomer.goto('/tasks')
    expect(new URL(newcomer.url()).pathname).toBe('/sign-in')
    await administrator.locator('summary', { hasText: 'Cấp lại mật khẩu' }).click()
    await administrator.getByLabel('Gỡ cả bước xác thực thứ hai').check()
    await inspect(administrator, 'person-reset')
    await administrator.getByRole('button', { name: 'Cấp lại mật khẩu' }).click()
    expect((await administrator.locator('.banner .code').textContent())?.trim()).not.toBe(issued)
    await administrator.locator('summary', { hasText: 'Tạm dừng tài khoản' }).click()
    await administrator.getByRole('button', { name: 'Tạm dừng tài khoản' }).click()
    await administrator.getByText('Đã tạm dừng tài khoản.').waitFor()
    await inspect(administrator, 'person-suspended')
  })

  test('who is no administrator sees neither people nor the record', async () => {
    const field = await openPage(browser, app.address)
    await signInAs(field, 'banho', app.passwords.get('banho'))
    for (const path of ['/people', '/people/new', '/audit']) expect((await field.goto(path))?.status()).toBe(403)
    await inspect(field, 'not-for-you')
  })
})

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

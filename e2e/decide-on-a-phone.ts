import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A day that is decided, and that with two that clash put in order: so many taps take a minute at most. */
const MOST_TAPS = { decided: 4, ordered: 7 } as const

/**
 * From Today, as it stands, a person decides with a thumb about three ordinary notices of tomorrow, then orders two
 * that must be heard; every tap is counted.
 */
export async function decideOnAPhone(phone: Page, tomorrow: string): Promise<void> {
  let taps = 0
  const tap = async (on: Locator) => {
    taps += 1
    await on.click()
  }
  await tap(phone.getByRole('link', { name: /chọn \d+ bản tin cho hôm nay và ngày mai/ }))
  // By day something of today may still be offered, too; then one tap leads on to tomorrow.
  if (!phone.url().includes(tomorrow)) await tap(phone.getByRole('link', { name: 'Ngày sau' }))
  expect(phone.url()).toContain(tomorrow)
  const easy = phone.locator('.play', { hasText: 'Việc nhẹ, lương cao' })
  await tap(easy.getByRole('button', { name: 'Để sang 16:30' }))
  await phone.getByText('Đã để sang khung khác.').waitFor()
  await tap(phone.getByRole('button', { name: 'Phát cả 2 bản' }))
  await phone.getByText('Đã chọn phát.').waitFor()
  expect(await phone.getByRole('button', { name: /^Phát/ }).count(), 'nothing waits any more').toBe(0)
  expect(taps, 'from Today to a day that is decided').toBeLessThanOrEqual(MOST_TAPS.decided)

  const titles = () => phone.locator('.plays').first().locator('.title').allTextContents()
  expect((await titles()).slice(0, 2)).toEqual(['Thời sự tỉnh', 'Phòng cháy rừng'])
  const second = phone.locator('.play', { hasText: 'Phòng cháy rừng' }).first()
  await tap(second.locator('summary', { hasText: 'Chuyển ngày hoặc thứ tự' }))
  await tap(second.getByLabel('Thứ tự trong khung'))
  await second.getByLabel('Thứ tự trong khung').fill('1')
  await tap(second.getByRole('button', { name: 'Chuyển', exact: true }))
  await phone.getByText('Đã chuyển.').waitFor()
  expect((await titles()).slice(0, 2)).toEqual(['Phòng cháy rừng', 'Thời sự tỉnh'])
  expect(taps, 'with two that clash put in order').toBeLessThanOrEqual(MOST_TAPS.ordered)
}

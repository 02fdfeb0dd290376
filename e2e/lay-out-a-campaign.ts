import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { addDays, dayAt, type Id } from '../src/core/kernel/index.ts'
import { airOn, onApp } from './air-on.ts'
import type { RunningApp } from './running-app.ts'
import { inspect, lookUntil } from './visit.ts'

/** Two notices of the demonstration's campaign are laid out at a station by one form, with what it would do before. */
export async function layOutACampaign(app: RunningApp, layer: Page, station: string, page: string): Promise<void> {
  const campaignId = await onApp(app, async ({ db }) => {
    const row = await db.selectFrom('campaign').select('id').limit(1).executeTakeFirstOrThrow()
    return row.id as Id<'campaign'>
  })
  await layer.goto(`/campaigns/${campaignId}/programme`)
  await layer.getByText('Đợt này chưa có bản phát nào trên loa còn hạn.').waitFor()
  const titles = ['Hỏi kỹ trước khi đi', 'Gọi 111 khi nghi ngờ']
  for (const title of titles) await airOn(app, station, title, 'ordinary', campaignId)
  const from = addDays(dayAt(new Date()), 4)
  for (const title of titles) await lookUntil(layer, `${page}?day=${from}`, title)

  await layer.goto(`/campaigns/${campaignId}`)
  await layer.getByRole('link', { name: 'Xếp lịch loa cả đợt' }).click()
  const preview = layer.getByRole('button', { name: 'Xem trước' })
  await layer.getByLabel('Từ ngày').first().fill(from)
  await layer.getByLabel('Đến ngày').first().fill(addDays(from, -1))
  await preview.click()
  await layer.getByText('Ngày cuối của một giai đoạn đứng trước ngày đầu.').waitFor()
  await layer.getByLabel('Đến ngày').first().fill(addDays(from, 2))
  await layer.getByLabel('Nhịp phát').first().selectOption({ label: 'hằng ngày' })
  const [first] = await layer.getByRole('checkbox').all()
  await first?.uncheck()
  await preview.click()
  expect(await layer.getByText('3 lượt phát ở 1 đài').count()).toBe(1)
  await layer.getByRole('checkbox').first().check()
  await preview.click()
  expect(await layer.getByText('3 lượt phát ở 1 đài').count()).toBe(2)
  await inspect(layer, 'campaign-programme')
  await layer.getByRole('button', { name: 'Xếp 6 lượt của 2 bản phát' }).click()
  await layer.getByText('Đã xếp lịch phát cả đợt.').waitFor()
  await layer.getByText('đã có lịch, sẽ thay bằng lịch này').first().waitFor()
}

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { giveRole } from '../src/core/organisation/index.ts'
import { onApp } from './air-on.ts'
import type { RunningApp } from './running-app.ts'
import { inspect } from './visit.ts'

/** Who keeps the programme of Bản Hồ becomes its leader, sets a day off for its own stations alone, and drops it. */
export async function keepOffAsLeader(app: RunningApp, commune: Page, day: string): Promise<void> {
  await onApp(app, async (ctx) => {
    const person = ctx.db.selectFrom('person').select('id').where('username', '=', 'banho')
    const body = ctx.db.selectFrom('organisation').select('id').where('code', '=', 'UBND-03046')
    const [{ id: personId }, { id }] = [await person.executeTakeFirstOrThrow(), await body.executeTakeFirstOrThrow()]
    await giveRole(ctx, { personId, organisationId: id, role: 'leader' })
  })
  await commune.goto('/programme/off-days')
  const bodies = commune.getByLabel('Nghỉ ở đâu').getByRole('option')
  const names = await bodies.allTextContents()
  expect([names.length > 0, names.filter((name) => !name.includes('Bản Hồ'))]).toEqual([true, []])
  await commune.getByText('Ngày nghỉ ở mọi đài do cấp tỉnh đặt và bỏ.').first().waitFor()
  await commune.getByLabel('Tên', { exact: true }).fill('Hội xuống đồng')
  await commune.getByLabel('Từ ngày').fill(day)
  await commune.getByRole('button', { name: 'Xem trước' }).click()
  await commune.getByText('Chưa có lượt nào đã xếp trong những ngày này.').waitFor()
  await commune.getByRole('button', { name: 'Đặt ngày nghỉ', exact: true }).click()
  const own = commune.getByRole('listitem').filter({ hasText: 'Hội xuống đồng' })
  await own.getByText('Bản Hồ').waitFor()
  await inspect(commune, 'programme-off-days-commune')
  await own.getByRole('button', { name: 'Bỏ' }).click()
  await commune.getByText('Đã bỏ ngày nghỉ.').waitFor()
}

import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dayAt, type Id } from '../src/core/kernel/index.ts'
import { organisationByCode } from '../src/core/organisation/index.ts'
import { buildTask } from '../src/core/task/task.build.ts'
import { onApp } from './air-on.ts'
import { leaveBrowser, openBrowser, whyNoBrowser } from './browser.ts'
import { startApp, type RunningApp } from './running-app.ts'
import { inspect, visitAs } from './visit.ts'

const STORY_MS = 240_000
const CAMPAIGN = 'Tuyên truyền phòng, chống mua bán người trên hệ thống thông tin cơ sở năm 2026'

describe.skipIf(whyNoBrowser !== null)(`proof is accepted${whyNoBrowser ? ` (${whyNoBrowser})` : ''}`, () => {
  let app: RunningApp
  let browser: Browser

  beforeAll(async () => {
    app = await startApp()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await leaveBrowser(browser)
    await app?.stop()
  })

  const somebody = (username: string) => visitAs(browser, app, username)

  test('a commune sends many activities by one table, which is looked at first', { timeout: STORY_MS }, async () => {
    const officer = await somebody('banho')
    await officer.goto('/evidence/import')
    await officer.getByLabel('Tệp danh sách').setInputFiles(table('hai mươi'))
    await officer.getByRole('button', { name: 'Xem trước' }).click()
    await officer.getByText('cần một số nguyên lớn hơn 0').waitFor()
    await officer.getByLabel('Tệp danh sách').setInputFiles(table('120'))
    await officer.getByRole('button', { name: 'Xem trước' }).click()
    await officer.getByRole('button', { name: 'Nhập danh sách này' }).waitFor()
    await inspect(officer, 'evidence-import')
    await officer.getByRole('button', { name: 'Nhập danh sách này' }).click()
    await officer.getByText('Đã nhập bảng minh chứng.').waitFor()
    await officer.locator('.row-link').nth(1).waitFor()
    expect(await officer.locator('.row-link').count()).toBe(2)
  })

  /** A task of a commune that is due on this day, set by the department. Answers its address. */
  function owed(code: string, dueOn: string): Promise<string> {
    return onApp(app, async (ctx) => {
      const idOf = async (of: string) => (await organisationByCode(ctx.db, of))?.id as Id<'organisation'> // the reference has it
      const given = { organisationId: await idOf(code), assignedBy: await idOf('SVHTTDL-LC-2025'), dueOn }
      return `/tasks/${(await buildTask(ctx, { ...given, originId: randomUUID(), detail: `Nói chuyện tại ${code}` })).id}`
    })
  }

  test('of three communes one sends in time, one late and one not at all', { timeout: STORY_MS }, async () => {
    const today = dayAt(new Date())
    const yesterday = addDays(today, -1)
    const sent = [
      { username: 'banho', task: await owed('UBND-03046', today), day: today, people: '64' },
      { username: 'batxat', task: await owed('UBND-02683', yesterday), day: yesterday, people: '71' },
    ]
    await owed('UBND-02788', yesterday)
    for (const { username, task, day, people } of sent) {
      const officer = await somebody(username)
      await officer.goto(`${task}/proof?kind=talk`)
      await officer.getByLabel('Lượt người dự').fill(people)
      await officer.locator('[name=day]').fill(day)
      await officer.getByLabel('Nơi cụ thể').fill('Nhà văn hóa')
      const finishes = officer.locator('[name=finishes]')
      if ((await finishes.count()) > 0) await finishes.check()
      await officer.getByRole('button', { name: 'Gửi minh chứng' }).click()
      await officer.getByText('Đã gửi minh chứng.').waitFor()
      await officer.context().close()
    }
  })

  test('the department accepts, draws some to look at on the spot, closes a month', { timeout: STORY_MS }, async () => {
    const leader = await somebody('lanhdao')
    await leader.goto('/evidence/queue')
    await inspect(leader, 'evidence-queue')
    await leader.getByRole('checkbox').first().check()
    await leader.getByRole('button', { name: 'Xác nhận các mục đã đánh dấu' }).click()
    await leader.getByText('Đã xác nhận các mục được đánh dấu.').waitFor()
    await leader.goto('/evidence/spot-checks')
    await leader.getByLabel('Tỷ lệ rút (%)').fill('100')
    await leader.getByLabel('Từ ngày').fill('2026-01-01')
    await leader.getByRole('button', { name: 'Rút ngẫu nhiên' }).click()
    await leader.getByText('Đã rút xong.').waitFor()
    await inspect(leader, 'evidence-draw')
    await leader.getByRole('link', { name: 'Rút lại bằng hạt giống này' }).click()
    await leader.getByText('Rút lại ra đúng những mục ấy.').waitFor()
    await leader.goto('/evidence/completeness')
    await inspect(leader, 'evidence-completeness')
    const numbers = (body: string) => leader.locator('tbody tr', { hasText: body }).locator('td').allInnerTexts()
    // Owed, in time, late, missing.
    for (const [body, said] of [
      ['Bản Hồ', ['1', '1', '0', '0']],
      ['Bát Xát', ['1', '0', '1', '0']],
      ['Bản Lầu', ['1', '0', '0', '1']],
    ] as const) {
      expect((await numbers(body)).slice(-5, -1), body).toEqual(said)
    }
    await leader.locator('tbody tr', { hasText: 'Bản Lầu' }).getByRole('link').first().click()
    await leader
      .getByRole('link', { name: /Nói chuyện tại/ })
      .first()
      .waitFor()
    await leader.goto('/evidence/completeness')
    await leader.goto('/evidence/locks')
    await leader.getByLabel('Từ ngày').fill('2020-01-01')
    await leader.getByLabel('Đến ngày').fill('2020-01-31')
    await leader.getByRole('button', { name: 'Khóa số liệu' }).click()
    await leader.getByText('Đã khóa số liệu.').waitFor()
    await inspect(leader, 'evidence-locks')
    await leader.goto('/evidence/kinds')
    await inspect(leader, 'evidence-kinds')
  })
})

function table(quantity: string) {
  const columns =
    'code,kind,organisation,place,day,spot,topic,campaign,audience,language,quantity,estimated,female,male,people,link,note'
  const rows = [
    `1,Nói chuyện chuyên đề,UBND-03046,03046,20/1/2026,Trường Bản Hồ,,"${CAMPAIGN}",học sinh,hmn,${quantity},,70,50,Mông 90; Dao 30,,`,
    `2,Phát tờ rơi,UBND-03046,03046,21/1/2026,Chợ Bản Hồ,,"${CAMPAIGN}",,,1.200,x,,,,,`,
  ]
  return { name: 'hoat-dong.csv', mimeType: 'text/csv', buffer: Buffer.from(`${[columns, ...rows].join('\n')}\n`) }
}

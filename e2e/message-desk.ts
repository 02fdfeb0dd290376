import type { Page } from 'playwright-core'

/** Where a writer begins a message, takes channels up and saves; it remembers the message that was begun last. */
export function openDesk(writer: Page) {
  let address = ''

  /** Of the campaign that is offered first, unless another, or none, is named. */
  async function begin(kind: string, title: string, campaign?: string): Promise<string> {
    await writer.goto('/messages/new')
    await writer.getByLabel('Tên làm việc').fill(title)
    await writer.getByLabel('Loại').selectOption({ label: kind })
    if (campaign) await writer.getByLabel('Đợt tuyên truyền').selectOption({ label: campaign })
    await writer.getByRole('button', { name: 'Bắt đầu viết' }).click()
    await writer.waitForURL(/\/messages\/[0-9a-f-]{36}/)
    address = writer.url().split('?')[0] ?? ''
    return address
  }

  async function addChannel(channel: string, language = 'Tiếng Việt'): Promise<void> {
    await writer.goto(address)
    const details = writer.locator('details', { hasText: 'Thêm hình thức, ngôn ngữ' })
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
    await details.getByLabel('Hình thức', { exact: true }).selectOption({ label: channel })
    await details.getByLabel('Ngôn ngữ', { exact: true }).selectOption({ label: language })
    await details.getByRole('button', { name: 'Thêm hình thức, ngôn ngữ' }).click()
    await writer.getByText('Đã thêm.').waitFor()
  }

  async function save(fields: Readonly<Record<string, string>>): Promise<void> {
    await writer.goto(address)
    for (const [label, words] of Object.entries(fields)) await writer.getByLabel(label, { exact: true }).fill(words)
    await writer.getByRole('button', { name: 'Lưu', exact: true }).click()
    await writer.getByText('Đã lưu.').waitFor()
  }

  async function submit(): Promise<void> {
    await writer.goto(`${address}/review`)
    await writer.getByRole('button', { name: /Trình duyệt/ }).click()
    await writer.getByText('Đã trình.').waitFor()
  }

  /** Has a machine say what the loudspeakers are to say in Vietnamese, in this accent; waits until it has. */
  async function speak(accent = 'miền Bắc'): Promise<void> {
    await writer.goto(address)
    await writer.getByRole('link', { name: 'loa truyền thanh · Tiếng Việt' }).click()
    const details = writer.locator('#speech details')
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
    await writer.getByLabel('Vùng miền').selectOption({ label: accent })
    await writer.getByLabel('Tốc độ').selectOption('1.4')
    await writer.getByRole('button', { name: /Tạo (lại )?giọng đọc/ }).click()
    // The page loads itself anew while the machine speaks.
    await writer.getByText(`giọng máy eSpeak NG, ${accent}`).waitFor({ timeout: 150_000 })
  }

  return { begin, addChannel, save, speak, submit }
}

/** Agrees to the message of this title, whose step it is; they have just come in. */
export async function agree(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('link', { name: title }).first().click()
  await listenToAll(page)
  await page.getByRole('button', { name: 'Đồng ý' }).first().click()
  await page.getByText('Đã ghi ý kiến.').waitFor()
}

/** Fetches every recording that is to be heard, waits as long as it lasts, and says that it was listened to. */
async function listenToAll(page: Page): Promise<void> {
  const recordings = page.locator('.hear li')
  for (const audio of await recordings.locator('audio').all()) {
    await page.request.get(new URL((await audio.getAttribute('src')) ?? '', page.url()).href)
  }
  for (let at = 0; at < (await recordings.count()); at += 1) {
    const one = recordings.nth(at)
    if (await one.getByText('đã nghe hết', { exact: true }).isVisible()) continue
    const say = one.getByRole('button', { name: 'Tôi đã nghe hết bản thu này' })
    await page.reload()
    // The server offers it when the length of the recording has passed since, and says how many seconds are left.
    while ((await say.getAttribute('aria-disabled')) === 'true') {
      const [seconds = '1'] = /\d+/.exec(await one.locator('.why-not').innerText()) ?? []
      await page.waitForTimeout(Number(seconds) * 1_000)
      await page.reload()
    }
    await say.click()
    await one.getByText('đã nghe hết', { exact: true }).waitFor()
  }
}

/** All whose word it needs agree, one after the other: who looks it over, the police, and the leader last. */
export async function agreeInTurn(visit: (username: string) => Promise<Page>, title: RegExp): Promise<void> {
  for (const username of ['bientap', 'congan', 'lanhdao']) {
    const page = await visit(username)
    await agree(page, title)
    await page.context().close()
  }
}

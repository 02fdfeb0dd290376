import type { Locator, Page } from 'playwright-core'

/** Touches as a screen reports them. */
export async function fingerOf(page: Page) {
  const screen = await page.context().newCDPSession(page)
  const middle = async (of: Locator) => {
    const box = await of.boundingBox()
    if (!box) throw new Error('nothing to touch')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const report = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints })
  async function move(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await report('touchStart', [from])
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9, 1]) {
      await report('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }])
    }
  }
  return {
    async drag(grip: Locator, onto: Locator): Promise<void> {
      await move(await middle(grip), await middle(onto))
      await page.screenshot({ path: 'var/screenshots/programme-plays-held-390.png' })
      await report('touchEnd', [])
    },
    async swipe(at: Locator, down: number): Promise<void> {
      const from = await middle(at)
      await move(from, { x: from.x, y: from.y + down })
      await report('touchEnd', [])
    },
  }
}

/** By a mouse. */
export async function drag(page: Page, grip: Locator, onto: Locator): Promise<void> {
  await grip.evaluate((one) => one.scrollIntoView({ block: 'center' }))
  const [from, to] = [await grip.boundingBox(), await onto.boundingBox()]
  if (!from || !to) throw new Error('nothing to drag')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 })
  await page.mouse.up()
}

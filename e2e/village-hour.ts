import type { Page } from 'playwright-core'
import { timeAt } from '../src/core/kernel/index.ts'
import { inspect } from './visit.ts'

/** In the hours that every station of the demonstration has, no other can be kept: 05:30 and 16:30, half an hour each. */
const TAKEN = [
  ['05:20', '06:00'],
  ['16:20', '17:00'],
] as const
const now = timeAt(new Date())
export const whyNoHour = TAKEN.some(([from, to]) => from <= now && now < to)
  ? 'not while the demonstration has its own hour'
  : null

/** The next full minute, after `aheadMs` at the least. */
export function hourAhead(aheadMs: number): Date {
  return new Date(Math.ceil((Date.now() + aheadMs) / 60_000) * 60_000)
}

/** Keeps an hour of a station, of five minutes. */
export async function keepHour(commune: Page, station: string, begins: Date): Promise<void> {
  await commune.goto(`${station.replace('stations', 'programme')}/slots`)
  await commune.getByLabel('Tên khung').fill('Bản tin xã')
  await commune.getByLabel('Bắt đầu', { exact: true }).fill(timeAt(begins))
  await commune.getByLabel('Số phút').fill('5')
  await commune.getByRole('button', { name: 'Đặt khung giờ' }).click()
  await commune.getByText('Đã đặt khung giờ.').waitFor()
}

export interface HeardAlong {
  readonly readyState: number
  /** Of the recording, and how far it was: seconds. */
  readonly duration: number
  readonly currentTime: number
  /** How far it was in the village at that moment. */
  readonly village: number
}

/** Somebody new, with scripts, is led from the first round to a village, and hears what its loudspeakers play while they do. */
export async function listenAlong(newcomer: Page): Promise<HeardAlong> {
  await newcomer.goto('/visit')
  await newcomer.getByRole('link', { name: 'Nghe loa ở thôn' }).click()
  await newcomer.locator('[data-along]').waitFor({ timeout: 180_000 })
  // Without scripts the player begins where the village was when the page came.
  const page = await (await newcomer.request.get(newcomer.url())).text()
  if (!/sound\/[0-9a-f-]{36}#t=\d+"/.test(page)) throw new Error('The page does not say where the village is')
  const heard = await newcomer.evaluate(async () => {
    const audio = document.querySelector<HTMLAudioElement>('[data-along]')
    if (!audio) throw new Error('nothing sounds')
    audio.muted = true
    await audio.play()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const { readyState, duration, currentTime } = audio
    return { readyState, duration, currentTime, village: (Date.now() - Number(audio.dataset['fromMs'])) / 1_000 }
  })
  await inspect(newcomer, 'main-listen')
  return heard
}

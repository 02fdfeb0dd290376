import { dayWords as wordsOfDay, type Language } from '#core/kernel/index.ts'

// Built once: making an Intl formatter costs more than a row of a table.
const ZONE = 'Asia/Ho_Chi_Minh'
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  year: 'numeric',
  month: 'numeric',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'medium' })
const weekdays = {
  vi: new Intl.DateTimeFormat('vi-VN', { timeZone: 'UTC', weekday: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'long' }),
}

/** A civil day as Vietnamese readers write it: `2026-09-02` → `02/9/2026`, and `''` for none. */
export function dayWords(day: string | null | undefined): string {
  return day ? wordsOfDay(day) : ''
}

/** From day to day, or the one day when both are the same: `01/7/2023 – 30/9/2023`. */
export function daysWords(from: string | null, to: string | null): string {
  return from === to ? dayWords(from) : [dayWords(from), dayWords(to)].filter(Boolean).join(' – ')
}

/** A moment in Vietnamese civil time: `14:05 02/9/2026`. */
export function momentWords(moment: Date | string | null | undefined): string {
  if (!moment) return ''
  const of = Object.fromEntries(parts.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]))
  return `${of.hour}:${of.minute} ${of.day}/${Number(of.month)}/${of.year}`
}

/** The hour of a moment in Vietnamese civil time, to the second: `14:05:09`. */
export function clockWords(moment: Date): string {
  return clock.format(moment)
}

/** `Thứ Hai, 13/7/2026`. */
export function weekdayWords(day: string, language: Language): string {
  const name = weekdays[language].format(new Date(`${day}T00:00:00Z`))
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${dayWords(day)}`
}

import { addDays, isDay, type Day } from '#core/kernel/index.ts'

/** `2026-07` as asked for, or the month of `today`. */
export function monthOf(asked: string | null, today: Day): string {
  return asked !== null && isDay(`${asked}-01`) ? asked : today.slice(0, 7)
}

/** The weeks that a month touches, Monday first, seven days each. */
export function weeksOf(month: string): Day[][] {
  const first = `${month}-01`
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const weeks: Day[][] = []
  for (let monday = addDays(first, -weekday); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(monday, at)))
  }
  return weeks
}

export function nextMonth(month: string): string {
  return addDays(`${month}-28`, 4).slice(0, 7)
}

export function previousMonth(month: string): string {
  return addDays(`${month}-01`, -1).slice(0, 7)
}

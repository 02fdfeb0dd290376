import { readFile } from 'node:fs/promises'
import { addDays, type Day } from '../core/kernel/index.ts'

const PLAN = new URL('../../examples/plans/demonstration.txt', import.meta.url)
const MARK = /\{(year|long)?([+-]\d+)?\}/g

/**
 * The plan of the demonstration as it would have been signed shortly before `today`, so that its tasks are due now:
 * in the file `{+6}` is the day six days on, `{long-20}` a day in words and `{year}` this year.
 */
export async function demonstrationPlan(today: Day): Promise<string> {
  const text = await readFile(PLAN, 'utf8')
  return text.replace(MARK, (_mark, form: string | undefined, days: string | undefined) => {
    const [year = '', month = '', day = ''] = addDays(today, Number(days ?? 0)).split('-')
    if (form === 'year') return year
    if (form === 'long') return `ngày ${day} tháng ${inWords(month)} năm ${year}`
    return `${day}/${month}/${year}`
  })
}

/** Decree 30/2020, annex I: only January and February carry a nought before them. */
function inWords(month: string): string {
  return Number(month) <= 2 ? month : String(Number(month))
}

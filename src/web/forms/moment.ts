import { Refusal } from '#core/kernel/index.ts'

const OFFICE_OFFSET = '+07:00'
const OFFICE_MS = 7 * 3_600_000

/** A moment as a `datetime-local` field gives it, in the time of the office; null when empty. @throws Refusal `input.other` */
export function momentOf(typed: string, field: string): Date | null {
  if (typed === '') return null
  const moment = new Date(`${typed}:00${OFFICE_OFFSET}`)
  if (Number.isNaN(moment.getTime())) throw new Refusal('input.other', {}, field)
  return moment
}

/** As such a field takes a moment. */
export function momentTyped(moment: Date | null): string {
  return moment === null ? '' : new Date(moment.getTime() + OFFICE_MS).toISOString().slice(0, 16)
}

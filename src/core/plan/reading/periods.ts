import type { Ground } from './ground.ts'
import type { PeriodFound } from './reading.ts'

export function findPeriods(_ground: Ground): PeriodFound[] {
  return []
}

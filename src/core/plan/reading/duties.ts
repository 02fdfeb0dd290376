import type { Ground } from './ground.ts'
import type { Duty } from './reading.ts'

export function findDuties(_ground: Ground): Duty[] {
  return []
}

import type { Ground } from './ground.ts'
import type { SloganFound } from './reading.ts'

export function findSlogans(_ground: Ground): SloganFound[] {
  return []
}

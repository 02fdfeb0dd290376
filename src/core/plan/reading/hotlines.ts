import type { Ground } from './ground.ts'
import type { HotlineFound } from './reading.ts'

export function findHotlines(_ground: Ground): HotlineFound[] {
  return []
}

import type { Ground } from './ground.ts'
import type { TargetFound } from './reading.ts'

export function findTargets(_ground: Ground): TargetFound[] {
  return []
}

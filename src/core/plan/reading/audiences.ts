import type { Ground } from './ground.ts'
import type { AudienceFound } from './reading.ts'

export function findAudiences(_ground: Ground): AudienceFound[] {
  return []
}

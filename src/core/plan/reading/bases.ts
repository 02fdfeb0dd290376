import type { Ground } from './ground.ts'
import type { LegalBasis } from './reading.ts'

export function findBases(_ground: Ground): LegalBasis[] {
  return []
}

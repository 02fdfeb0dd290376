import type { Ground } from './ground.ts'
import type { Duty, HotlineFound, LegalBasis, Warning } from './reading.ts'

interface Read {
  readonly legalBases: readonly LegalBasis[]
  readonly hotlines: readonly HotlineFound[]
  readonly duties: readonly Duty[]
}

export function findWarnings(_ground: Ground, _read: Read): Warning[] {
  return []
}

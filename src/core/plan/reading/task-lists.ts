import type { Paragraph } from './blocks.ts'
import type { Draft, Scope } from './scope.ts'

export function taskLists(_siblings: readonly Paragraph[], _scope: Scope): ReadonlyMap<number, readonly Draft[]> {
  return new Map()
}

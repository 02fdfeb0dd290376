import type { Id, Language } from '../kernel/index.ts'

/** A member of staff who signs in. */
export interface Person {
  readonly id: Id<'person'>
  readonly username: string
  readonly name: string
  readonly language: Language
  readonly state: 'active' | 'suspended'
}

export interface Session {
  readonly id: Id<'session'>
  readonly personId: Id<'person'>
  readonly madeAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly secondFactorDone: boolean
  readonly device: string
  readonly address: string
}

/** A session ends so long after it was last seen, and so long after it was made at the latest. */
export const SESSION_IDLE_HOURS = 12
export const SESSION_LONGEST_DAYS = 7

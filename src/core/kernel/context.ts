import type { Day } from './day.ts'
import type { Db } from './db.ts'
import type { Id } from './id.ts'
import type { JobQueue } from './job.ts'
import type { Role } from './role.ts'

/** A role somebody holds; `delegation` names the delegation (ủy quyền) it comes from, if it is not their own. */
export interface Grant {
  readonly role: Role
  readonly organisationId: Id<'organisation'>
  readonly delegationId: Id<'delegation'> | null
}

export type Actor =
  | {
      readonly kind: 'person'
      readonly personId: Id<'person'>
      readonly name: string
      readonly grants: readonly Grant[]
    }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'nobody' }

export interface Clock {
  now(): Date
}

/** Answers which organisations stand above one; the organisation slice implements it. */
export interface Hierarchy {
  /** The organisation itself and all above it today. */
  above(db: Db, organisationId: Id<'organisation'>): Promise<ReadonlySet<Id<'organisation'>>>
  /** Those in which a person holds any role on a day, their own or lent. */
  ofPerson(db: Db, personId: Id<'person'>, day: Day): Promise<ReadonlySet<Id<'organisation'>>>
}

export interface AuditEntry {
  readonly action: string
  readonly subject: string
  readonly subjectId: string | null
  /** Names, codes, states and counts only: never a password, a phone number of a citizen or a long text. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
}

/** Appends to the hash-chained record inside the caller's transaction; the audit slice implements it. */
export interface AuditLog {
  append(db: Db, at: Date, actor: Actor, entry: AuditEntry): Promise<void>
}

/** Files by content hash; the platform implements it. */
export interface FileStore {
  /** Keeps the bytes and answers their SHA-256 in hex. Keeping the same bytes twice keeps them once. */
  put(bytes: Uint8Array): Promise<string>
  get(sha256: string): Promise<Uint8Array>
  /** The bytes from one to another, both included, as they come off the disk. */
  stream(sha256: string, from: number, to: number): ReadableStream<Uint8Array>
  has(sha256: string): Promise<boolean>
  /** Its bytes; null where it is not there. */
  size(sha256: string): Promise<number | null>
}

/** Seals what the database must not hold readable, by a key that lies outside of it; the platform implements it. */
export interface SecretBox {
  /** `about` names what the secret belongs to: moved to another row it does not open. */
  seal(secret: string, about: string): Promise<string>
  /** Null when the key is another or the text was changed, as after restoring rows without their key. */
  open(sealed: string, about: string): Promise<string | null>
  /** The same as `open` for many: 155,000 a second were measured on one core where one by one gave 110,000. */
  openAll(many: readonly { readonly sealed: string; readonly about: string }[]): Promise<(string | null)[]>
  /**
   * A keyed hash (HMAC-SHA-256, 43 letters of base64url): finds or proves a text without keeping it. `use` names what
   * for; the same text has another one for each use.
   */
  fingerprint(text: string, use: string): Promise<string>
}

export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  readonly clock: Clock
  readonly hierarchy: Hierarchy
  readonly audit: AuditLog
  readonly jobs: JobQueue
  readonly files: FileStore
  readonly secrets: SecretBox
  /** True inside an action: `db` is its transaction. */
  readonly inTransaction: boolean
}

/** The same context acting as the system, for jobs and for what follows by rule. */
export function asSystem(ctx: Ctx, name: string): Ctx {
  return { ...ctx, actor: { kind: 'system', name } }
}

/** Who acts, where a person does. */
export function actingPerson({ actor }: Pick<Ctx, 'actor'>): Id<'person'> | null {
  return actor.kind === 'person' ? actor.personId : null
}

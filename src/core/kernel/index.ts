/** The kernel: what every slice is made of. It knows no slice. */
export { action, parse, whyNotSee, type Action, type May } from './action.ts'
export {
  actingPerson,
  asSystem,
  type Actor,
  type AuditEntry,
  type AuditLog,
  type Clock,
  type Ctx,
  type FileStore,
  type Grant,
  type Hierarchy,
  type SecretBox,
} from './context.ts'
export { addDays, aliveOn, dayAt, daysBetween, DaySchema, dayWords, isDay, momentOf, timeAt, type Day } from './day.ts'
export { type Db } from './db.ts'
export type { DB } from './database.gen.ts'
export { type Finding } from './finding.ts'
export { idOf, newId, type Id } from './id.ts'
export { job, type Job, type JobQueue } from './job.ts'
export { fold, LANGUAGES, tidy, type Language } from './language.ts'
export { InputRefusal, Refusal, refuseIf, type RefusalFacts } from './refusal.ts'
export { vietnamese } from './order.store.ts'
export { ROLES, type Role } from './role.ts'
export { type Waiting } from './waiting.ts'

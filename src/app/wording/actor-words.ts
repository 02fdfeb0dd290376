import type { Words } from './words.ts'

/** What the system does by rule is noted under the name of the rule, as `plan.confirm`; no person is named so. */
const RULE = /^[a-z_]+(\.[a-z_]+)*$/

/** Who did something, as a history names them: a person by name, a rule by what it goes by, or as the system. */
export function actorWords(w: Words, actor: string): string {
  if (!RULE.test(actor)) return actor
  if (actor === 'nobody') return w('audit_by_stranger')
  const key = `actor_${actor.replaceAll('.', '_')}`
  return w.has(key) ? w(key) : w('audit_by_system')
}

import type { Actor } from '../kernel/index.ts'

/** Who did it, as the events of a delivery name them. */
export function actorOf(actor: Actor): string {
  return actor.kind === 'nobody' ? actor.kind : actor.name
}

import { actorWords } from '#app/wording/actor-words.ts'
import type { Words } from '#app/wording/words.ts'
import type { Db } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import type { TaskEvent } from '#core/task/index.ts'
import { dayWords } from '#web/lib/date-words.ts'

/** An event in words. */
export interface HistoryLine {
  readonly at: Date
  readonly what: string
  readonly actor: string
  /** What more there is to say, in the order to say it. */
  readonly more: readonly string[]
}

/** The history of a task in words, with the names of the bodies it speaks of. */
export async function historyOf(db: Db, w: Words, events: readonly TaskEvent[]): Promise<HistoryLine[]> {
  const ids = events.flatMap(({ fromId, toId }) => [fromId, toId]).filter((id) => id !== null)
  const names = new Map((await organisationsWhere(db, [...new Set(ids)])).map((body) => [body.id, body.name]))
  return events.map(({ at, kind, actor, note, fromId, toId, dueBefore }) => {
    const from = fromId && names.get(fromId)
    const to = toId && names.get(toId)
    return {
      at,
      what: w(`task_event_${kind}`),
      actor: actorWords(w, actor),
      more: [
        from && to ? w('task_event_from_to', { from, to }) : to ? w('task_event_told', { to }) : '',
        dueBefore ? w('task_event_due_before', { day: dayWords(dueBefore) }) : '',
        w.has(`task_note_${note}`) ? w(`task_note_${note}`) : note,
      ].filter((words) => words !== ''),
    }
  })
}

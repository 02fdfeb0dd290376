import { alarmPath, alarmWords, type AlarmWords } from '#app/alarm-words.ts'
import type { Words } from '#app/wording/words.ts'
import { alarmsWhere, type Alarm } from '#core/alarm/index.ts'
import type { Ctx, Id } from '#core/kernel/index.ts'

/** An alarm as a page shows it. */
export interface ShownAlarm extends AlarmWords {
  readonly id: string
  readonly kind: Alarm['kind']
  readonly since: Date
  /** The page of what it is about; null when that is the machine itself. */
  readonly href: string | null
}

export function shownAlarm(w: Words, alarm: Alarm): ShownAlarm {
  const { id, kind, since } = alarm
  return { id, kind, since, href: alarmPath(alarm), ...alarmWords(w, alarm) }
}

/** The open alarms about a release, for its page. */
export async function alarmsOfRelease(ctx: Ctx, w: Words, releaseId: Id<'release'>): Promise<ShownAlarm[]> {
  const open = await alarmsWhere(ctx.db, { open: true, releaseId }, null, 10)
  return open.map((alarm) => shownAlarm(w, alarm))
}

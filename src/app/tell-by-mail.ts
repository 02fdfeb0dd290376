import type { Alarm, TellBy } from '../core/alarm/index.ts'
import { personById } from '../core/identity/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { alarmPath, alarmWords } from './alarm-words.ts'
import { readWording } from './wording/read-wording.ts'
import type { Words } from './wording/words.ts'

/** Alarms written out in one notice; of more than these the rest is counted and stands on the page. */
const MOST_LINES = 20

const moments = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  ...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
})

export interface Notice {
  readonly subject: string
  readonly text: string
}

/** Sends a notice to a member of staff; false when no mail reaches them. @throws when the mail is closed now. */
export type SendNotice = (ctx: Ctx, personId: Id<'person'>, notice: Notice) => Promise<boolean>

/** Tells of alarms by notices, in the language of who is told. `address`: where the office stands. */
export function tellBy(send: SendNotice, address: string): TellBy {
  return {
    async tell(ctx, personId, alarms) {
      const person = await personById(ctx.db, personId)
      if (person?.state !== 'active') return false
      return send(ctx, personId, noticeOf(readWording(person.language), alarms, address))
    },
  }
}

export function noticeOf(w: Words, alarms: readonly Alarm[], address: string): Notice {
  const lines = alarms.slice(0, MOST_LINES).map((alarm) => {
    const line = w('alarm_notice_line', { ...alarmWords(w, alarm), since: moments.format(alarm.since) })
    const path = alarmPath(alarm)
    return path === null ? line : `${line}\n  ${address}${path}`
  })
  const where = w('alarm_notice_where', { address: `${address}/alarms` })
  return {
    subject: w('alarm_notice_subject', { count: alarms.length }),
    text: [...lines, where, w('alarm_notice_once')].join('\n\n'),
  }
}

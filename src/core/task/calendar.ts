import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { action, addDays, Refusal, type Id } from '../kernel/index.ts'
import { insertFeed } from './task-record.store.ts'
import type { Task } from './task.ts'

/** Gives the person a secret address for their calendar; a new one shuts the old. */
export const makeCalendarFeed = action('task.make_feed', {
  input: v.object({}),
  may: { who: 'signed_in' },
  records: (_input, { personId }: { personId: Id<'person'>; token: string }) => ({
    subject: 'person',
    subjectId: personId,
    facts: {},
  }),
  async run(ctx) {
    if (ctx.actor.kind !== 'person') throw new Refusal('access.sign_in')
    const token = randomBytes(24).toString('base64url')
    await insertFeed(ctx.db, ctx.actor.personId, token)
    return { personId: ctx.actor.personId, token }
  },
})

/** Tasks with a due day as iCalendar (RFC 5545): whole-day events, stable ids, lines folded at 75 octets. */
export function icsOf(
  tasks: readonly Task[],
  options: { readonly now: Date; readonly origin: string; readonly name: string },
): string {
  const stamp = `${options.now.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Loa//Nhiem vu//VI',
    `X-WR-CALNAME:${escaped(options.name)}`,
  ]
  for (const task of tasks) {
    if (task.dueOn === null) continue
    lines.push(
      'BEGIN:VEVENT',
      `UID:${task.id}@loa`,
      `DTSTAMP:${stamp}`,
      `SEQUENCE:${task.revision}`,
      `DTSTART;VALUE=DATE:${task.dueOn.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${addDays(task.dueOn, 1).replaceAll('-', '')}`,
      `SUMMARY:${escaped(task.title)}`,
      `DESCRIPTION:${escaped(task.detail)}`,
      `URL:${options.origin}/tasks/${task.id}`,
      `STATUS:${task.state === 'withdrawn' ? 'CANCELLED' : 'CONFIRMED'}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    )
  }
  return [...lines, 'END:VCALENDAR', ''].map(folded).join('\r\n')
}

function escaped(text: string): string {
  return text
    .replace(/([\\;,])/g, '\\$1')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')
}

/** RFC 5545 §3.1: at most 75 octets a line, and never through the middle of a letter. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > (pieces.length === 0 ? 75 : 74)) {
      pieces.push(piece)
      piece = ''
      octets = 0
    }
    piece += letter
    octets += size
  }
  return [...pieces, piece].join('\r\n ')
}

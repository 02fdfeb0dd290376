import { addDays, dayAt, dayWords, Refusal, timeAt, type Ctx } from '../core/kernel/index.ts'
import { languageOf } from '../core/message/index.ts'
import { organisationsWhere } from '../core/organisation/index.ts'
import { loggedPlays, type LoggedPlay } from '../core/programme/index.ts'
import type { Station } from '../core/station/index.ts'
import { loggedTakeovers, type LoggedTakeover } from '../core/takeover/index.ts'
import { makeLogBookPdf, type PrintedLogBook } from '../platform/papers/log-book.ts'
import { detailWords } from './wording/detail-words.ts'
import type { Words } from './wording/words.ts'

/** The log book of a station for a month, `2026-11`, as PDF. @throws Refusal `programme.bad_month` */
export async function logBookPdf(ctx: Ctx, station: Station, month: string, w: Words): Promise<Uint8Array> {
  return makeLogBookPdf(await logBookOf(ctx, station, month, w))
}

export async function logBookOf(ctx: Ctx, station: Station, month: string, w: Words): Promise<PrintedLogBook> {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('programme.bad_month')
  const from = `${month}-01`
  const to = addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1)
  const plays = await loggedPlays(ctx.db, station.id, from, to, ctx.clock.now())
  const takeovers = await loggedTakeovers(ctx.db, station.id, from, to)
  const lines = [
    ...plays.map((play) => ({ day: play.day, at: play.startedAt ?? play.plannedAt, cells: rowOf(play, w) })),
    ...takeovers.map((one) => ({ day: one.day, at: one.beganAt, cells: spokenRow(one, w) })),
  ].sort((one, other) => one.day.localeCompare(other.day) || one.at.getTime() - other.at.getTime())
  const [owner] = await organisationsWhere(ctx.db, [station.organisationId])
  const today = dayAt(ctx.clock.now())
  const heard = plays.filter(({ ends }) => (ends.played ?? 0) > 0)
  const minutes = Math.round(plays.reduce((total, { seconds }) => total + seconds, 0) / 60)
  return {
    owner: owner?.name ?? '',
    title: w('log_book_title'),
    station: station.name,
    period: w('log_book_period', {
      month: month.slice(5),
      year: month.slice(0, 4),
      day: dayWords(today < to ? today : to),
    }),
    madeOn: today,
    columns: ['at', 'title_col', 'language', 'class', 'length', 'ends', 'grade'].map((key) => w(`log_book_${key}`)),
    days: [...Map.groupBy(lines, ({ day }) => day)].map(([day, rows]) => ({
      heading: dayWords(day),
      rows: rows.map(({ cells }) => cells),
    })),
    none: w('log_book_none'),
    totals: [
      w('log_book_total', { plays: plays.length, heard: heard.length, minutes }),
      ...(takeovers.length > 0 ? [w('log_book_total_takeovers', { count: takeovers.length })] : []),
    ],
    signs: [w('log_book_keeper'), w('log_book_head')],
  }
}

function rowOf(
  { plannedAt, startedAt, title, language, class: one, seconds, ends, grade, reason }: LoggedPlay,
  w: Words,
) {
  const said = Object.entries(ends).map(([state, count]) => w(`programme_end_${state}`, { count: count ?? 0 }))
  const why = detailWords(w, reason)
  return [
    timeAt(startedAt ?? plannedAt),
    title,
    languageOf(language).ownName,
    w(`programme_class_${one}`),
    lengthOf(seconds),
    [said.join('; '), why].filter(Boolean).join('. '),
    grade === null ? '' : w(`log_book_grade_${grade}`),
  ]
}

/** What was said live stands among the plays, as a kind of its own: no message stands behind it. */
function spokenRow({ beganAt, speaker, language, seconds, ...ends }: LoggedTakeover, w: Words) {
  const told = (['played', 'partial', 'preempted'] as const).filter((end) => ends[end] > 0)
  const said = told.map((end) => w(`programme_end_${end}`, { count: ends[end] }))
  return [
    timeAt(beganAt),
    w('takeover_title', { speaker }),
    languageOf(language).ownName,
    w('takeover_class'),
    lengthOf(seconds),
    [...said, ...(ends.silent > 0 ? [w('takeover_silent_count', { count: ends.silent })] : [])].join('; '),
    told.length > 0 ? w('log_book_grade_machine') : '',
  ]
}

/** `3'05"`, and nothing for nothing. */
function lengthOf(seconds: number): string {
  const length = Math.round(seconds)
  return length === 0 ? '' : `${Math.floor(length / 60)}'${String(length % 60).padStart(2, '0')}"`
}

import { isDay, type Day } from '../kernel/index.ts'
import { readContact, type ContactKind } from './contact.ts'

/** Columns of the table by which contacts whose consent was recorded elsewhere are put in. */
export const SUBSCRIBER_COLUMNS = ['contact', 'language', 'consent_on', 'consent_note'] as const
export type SubscriberColumn = (typeof SUBSCRIBER_COLUMNS)[number]
/** A row as written: every cell a text; `consent_note` says who asked for consent and how. */
export type SubscriberRow = Readonly<Record<SubscriberColumn, string>>

export interface BadSubscriberCell {
  /** As a spreadsheet numbers it: the head is row 1. */
  readonly row: number
  readonly column: SubscriberColumn
  readonly value: string
  /** Wording key without `subscriber_cell_`. */
  readonly reason: string
}

export interface ReadSubscriber {
  readonly contact: string
  readonly language: string | null
  readonly consentOn: Day
  readonly consentNote: string
}

const MOST_NOTE = 500

/** The rows of a table with contact points as they are kept, once each, and every flaw; blank rows are passed over but counted. */
export function readSubscriberRows(
  rows: readonly SubscriberRow[],
  kind: ContactKind,
  today: Day,
): { readonly good: readonly ReadSubscriber[]; readonly bad: readonly BadSubscriberCell[] } {
  const good = new Map<string, ReadSubscriber>()
  const bad: BadSubscriberCell[] = []
  rows.forEach((row, at) => {
    if (SUBSCRIBER_COLUMNS.every((column) => row[column].trim() === '')) return
    const contact = readContact(kind, row.contact)
    const flaws = flawsOf(row, contact, today)
    if (contact && good.has(contact.toLowerCase())) flaws.push(['contact', 'twice'])
    bad.push(...flaws.map(([column, reason]) => ({ row: at + 2, column, value: row[column], reason })))
    if (!contact || flaws.length > 0) return
    const { language, consent_on: consentOn, consent_note: consentNote } = row
    good.set(contact.toLowerCase(), { contact, language: language || null, consentOn, consentNote })
  })
  return { good: [...good.values()], bad }
}

function flawsOf(row: SubscriberRow, contact: string | null, today: Day): [SubscriberColumn, string][] {
  const flaws: [SubscriberColumn, string][] = []
  if (!contact) flaws.push(['contact', row.contact === '' ? 'empty' : 'contact'])
  if (row.language !== '' && !/^[a-z]{2,3}$/.test(row.language)) flaws.push(['language', 'language'])
  if (row.consent_on === '') flaws.push(['consent_on', 'empty'])
  else if (!isDay(row.consent_on)) flaws.push(['consent_on', 'day'])
  else if (row.consent_on > today) flaws.push(['consent_on', 'future'])
  if (row.consent_note === '') flaws.push(['consent_note', 'empty'])
  else if (row.consent_note.length > MOST_NOTE) flaws.push(['consent_note', 'long'])
  return flaws
}

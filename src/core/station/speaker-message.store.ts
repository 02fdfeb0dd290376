import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

export type MessageKind = 'schedule' | 'emergency' | 'command' | 'logged' | 'time' | 'showings' | 'live'

export interface Numbering {
  /** `s/<station code>`, `b/<board code>` or `d/<device id>` */
  readonly recipient: string
  readonly kind: MessageKind
  readonly validUntil: Date
}

/**
 * The numbers of the next messages, one to each recipient and kind, in the order given: higher than every one before, also
 * than those a restored database has forgotten, as none is ever below the milliseconds since 1970.
 */
export async function nextNumbers(db: Db, messages: readonly Numbering[], issuedAt: Date): Promise<number[]> {
  if (messages.length === 0) return []
  const column = <T>(of: (message: Numbering) => T): T[] => messages.map(of)
  const { rows } = await sql<{ recipient: string; kind: string; seq: number }>`
    insert into speaker_message as held (recipient, kind, seq, issued_at, valid_until)
    select recipient, kind, ${issuedAt.getTime()}, ${issuedAt}, valid_until
    from unnest(${column((m) => m.recipient)}::text[], ${column((m) => m.kind)}::text[],
      ${column((m) => m.validUntil)}::timestamptz[]) as given (recipient, kind, valid_until)
    order by recipient, kind
    on conflict (recipient, kind) do update set seq = greatest(held.seq + 1, excluded.seq),
      issued_at = excluded.issued_at, valid_until = excluded.valid_until
    returning recipient, kind, seq`.execute(db)
  const numbers = new Map(rows.map(({ recipient, kind, seq }) => [`${recipient} ${kind}`, Number(seq)]))
  return messages.map(({ recipient, kind }) => numbers.get(`${recipient} ${kind}`) ?? 0)
}

/** Message that stands at the broker until another takes its place. */
export interface StandingMessage {
  readonly recipient: string
  readonly kind: MessageKind
  readonly said: string
  readonly envelope: string
  readonly issuedAt: Date
  readonly validUntil: Date
}

/** Keeps the signed bytes of messages, so that a broker that lost them gets the same ones again. */
export async function keepEnvelopes(
  db: Db,
  messages: readonly Pick<StandingMessage, 'recipient' | 'kind' | 'said' | 'envelope'>[],
): Promise<void> {
  if (messages.length === 0) return
  const given = messages.map(({ recipient, kind, said, envelope }) => ({ recipient, kind, said, envelope }))
  await sql`
    update speaker_message set said = given.said, envelope = given.envelope
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (recipient text, kind text, said text, envelope text)
    where speaker_message.recipient = given.recipient and speaker_message.kind = given.kind`.execute(db)
}

/** What stands at the broker now. */
export async function standingMessages(db: Db): Promise<StandingMessage[]> {
  const rows = await db
    .selectFrom('speakerMessage')
    .select(['recipient', 'kind', 'said', 'envelope', 'issuedAt', 'validUntil'])
    .where('envelope', '<>', '')
    .execute()
  return rows as StandingMessage[] // kinds as the table checks them
}

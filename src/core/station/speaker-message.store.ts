import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

export type MessageKind = 'schedule' | 'emergency' | 'command' | 'logged' | 'time'

/**
 * The number of the next message of a kind to somebody: higher than every one before, also than those a restored database
 * has forgotten, as it is never below the milliseconds since 1970.
 */
export async function nextNumber(
  db: Db,
  to: { readonly recipient: string; readonly kind: MessageKind },
  issuedAt: Date,
  validUntil: Date,
): Promise<number> {
  const { rows } = await sql<{ seq: string }>`
    insert into speaker_message as held (recipient, kind, seq, issued_at, valid_until)
    values (${to.recipient}, ${to.kind}, ${issuedAt.getTime()}, ${issuedAt}, ${validUntil})
    on conflict (recipient, kind) do update set seq = greatest(held.seq + 1, excluded.seq),
      issued_at = excluded.issued_at, valid_until = excluded.valid_until
    returning seq`.execute(db)
  return Number(rows[0]?.seq)
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

/** Keeps the signed bytes of a message, so that a broker that lost them gets the same ones again. */
export async function keepEnvelope(
  db: Db,
  { recipient, kind, said, envelope }: Pick<StandingMessage, 'recipient' | 'kind' | 'said' | 'envelope'>,
): Promise<void> {
  await db
    .updateTable('speakerMessage')
    .set({ said, envelope })
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .execute()
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

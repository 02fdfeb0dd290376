import type pg from 'pg'

export interface Server {
  readonly version: string
  /** As `180004`. */
  readonly number: number
  readonly encoding: string
  /** Whether it has the rules of Vietnamese order (ICU). */
  readonly vietnamese: boolean
  readonly now: Date
}

export async function aboutServer(client: pg.Client): Promise<Server> {
  const { rows } = await client.query<Server>(`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::integer as number,
      current_setting('server_encoding') as encoding,
      exists (select from pg_collation where collname in ('vi-x-icu', 'vi-VN-x-icu')) as vietnamese,
      clock_timestamp() as now`)
  const [server] = rows
  if (!server) throw new Error('the server says nothing about itself')
  return server
}

import type pg from 'pg'

export interface StoredTable {
  readonly schema: string
  readonly name: string
  /** Those that can be written: generated ones follow from them. */
  readonly columns: readonly string[]
}

/** Every table of ours but the list of migrations, which a restore makes anew; a table in parts stands once, as the whole. */
export async function ourTables(client: pg.ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(`
    select c.table_schema as schema, c.table_name as name,
      json_agg(c.column_name order by c.ordinal_position) filter (where c.is_generated = 'NEVER') as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'migration'
      and not (select relispartition from pg_class
        where relnamespace = 'public'::regnamespace and relname = c.table_name)
    group by 1, 2 order by 2`)
  return rows
}

/** Names of the tables whose comment says that they let somebody in: `Never exported.` */
export async function neverExported(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and obj_description(oid, 'pg_class') like '%Never exported.%'`)
  return new Set(rows.map(({ name }) => name))
}

/** Columns, as `table.column`, that stay behind though their table goes: what is sealed or only finds something again. */
export async function columnsNeverExported(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(`
    select relname || '.' || attname as name from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and col_description(attrelid, attnum) like '%Never exported.%'`)
  return new Set(rows.map(({ name }) => name))
}

/** Jobs that wait or were under way; null where no queue was ever opened. */
export async function jobTable(client: pg.ClientBase): Promise<StoredTable | null> {
  const { rows } = await client.query<StoredTable>(`
    select table_schema as schema, table_name as name, json_agg(column_name order by ordinal_position) as columns
    from information_schema.columns
    where table_schema = 'pgboss' and table_name = 'job' and is_generated = 'NEVER' group by 1, 2`)
  return rows[0] ?? null
}

export async function sequencesOf(client: pg.ClientBase): Promise<{ name: string; value: string }[]> {
  const { rows } = await client.query<{ name: string; value: string }>(`
    select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as value
    from pg_sequences where schemaname = 'public' and last_value is not null order by 1`)
  return rows
}

export async function migrationHead(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by number desc limit 1')
  return rows[0]?.name ?? ''
}

export async function serverVersion(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  return rows[0]?.version ?? ''
}

/** Names of the tables of ours that hold a row. */
export async function filledTables(client: pg.ClientBase): Promise<string[]> {
  const filled: string[] = []
  for (const table of await ourTables(client)) {
    const { rows } = await client.query(`select 1 from ${nameOf(table)} limit 1`)
    if (rows.length > 0) filled.push(table.name)
  }
  return filled
}

/** The statement that sends the rows of a table out. */
export function copyOut(table: StoredTable, format = ''): string {
  const waiting =
    table.schema === 'pgboss' ? ` where state in ('created', 'retry', 'active') and name not like '\\_\\_%'` : ''
  return `copy (select ${columnsOf(table)} from ${nameOf(table)}${waiting}) to stdout ${format}`
}

/** The statement that takes the rows of a table in. */
export function copyIn(table: StoredTable): string {
  return `copy ${nameOf(table)} (${columnsOf(table)}) from stdin`
}

/**
 * Empties our tables and lifts what stands between them, so that rows may come in any order; the answer puts it back,
 * and with it checks every reference.
 */
export async function liftRules(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows: references } = await client.query<{ on: string; name: string; definition: string }>(`
    select conrelid::regclass::text as on, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`)
  const tables = (await ourTables(client)).map(nameOf)
  for (const { on, name } of references) await client.query(`alter table ${on} drop constraint ${name}`)
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
  if (tables.length > 0) await client.query(`truncate ${tables.join(', ')}`)
  return async () => {
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
    for (const { on, name, definition } of references) {
      await client.query(`alter table ${on} add constraint ${name} ${definition}`)
    }
  }
}

export async function setSequence(client: pg.ClientBase, { name, value }: { name: string; value: string }) {
  await client.query('select setval($1::regclass, $2::bigint)', [name, value])
}

function nameOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${quoted(schema)}.${quoted(name)}`
}

function columnsOf({ columns }: StoredTable): string {
  return columns.map(quoted).join(', ')
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

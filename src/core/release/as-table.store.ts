import { sql, type RawBuilder } from 'kysely'

type Value = string | number | Date | null

/** Columns of a table that is given: the type of each in the database, and how it is read of a row. The first differs by row. */
export type Columns<Row> = Readonly<Record<string, readonly [type: string, of: (row: Row) => Value]>>

/**
 * Rows as a query that gives them. A column that is the same for all is said once: thousands of rows a second are mostly
 * alike, and to write an array and read it again costs more than to change the row.
 */
export function asTable<Row>(rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  const names = Object.keys(columns)
  const given = names.map((name, at) => {
    const [type, of] = columns[name] as Columns<Row>[string] // its own key
    const values = rows.map(of)
    const alike = at > 0 && values.every((value) => same(value, values[0] ?? null))
    return { name, type, values, alike }
  })
  const many = given.filter(({ alike }) => !alike)
  const one = given.filter(({ alike }) => alike)
  const arrays = many.map(({ values, type }) => sql`${values}::${sql.raw(type)}[]`)
  const said = one.map(({ name, values, type }) => sql`, ${values[0]}::${sql.raw(type)} as ${sql.ref(name)}`)
  return sql`select given.*${sql.join(said, sql``)} from unnest(${sql.join(arrays)}) as given (${sql.join(many.map(({ name }) => sql.ref(name)))})`
}

function same(one: Value, other: Value): boolean {
  return one === other || (one instanceof Date && other instanceof Date && one.getTime() === other.getTime())
}

import { sql } from 'kysely'

/**
 * A column in the order of a Vietnamese dictionary (UCA with the tailoring of CLDR `vi`), on any server: one that we did
 * not set up ourselves may sort by bytes, where “Ý” comes after “Yên” and “Đ” after “Z”.
 */
export function vietnamese(column: string) {
  return sql<string>`${sql.ref(column)} collate "vi-x-icu"`
}

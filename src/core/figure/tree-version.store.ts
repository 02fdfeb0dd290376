import type { Db } from '../kernel/index.ts'

/** A word that is another with every change of the tree, and never one that was before, in any database. */
export async function treeVersion(db: Db, tree: 'place' | 'organisation'): Promise<string> {
  const row = await db.selectFrom('treeVersion').select('version').where('tree', '=', tree).executeTakeFirstOrThrow()
  return row.version
}

import type { Db } from '../kernel/index.ts'

export type Tree = 'place' | 'organisation'

/** A word that is another with every change of the tree, and never one that was before, in any database. */
async function treeVersion(db: Db, tree: Tree): Promise<string> {
  const row = await db.selectFrom('treeVersion').select('version').where('tree', '=', tree).executeTakeFirstOrThrow()
  return row.version
}

/** A word that is another with every change of a place or of a body. */
export async function treeVersions(db: Db): Promise<string> {
  const rows = await db.selectFrom('treeVersion').select('version').orderBy('tree').execute()
  return rows.map(({ version }) => version).join(' ')
}

/** Keeps the last `most` of what is read of a tree under a name, and reads anew only what has changed since. */
export function keptWhileUnchanged<Found>(
  most: number,
  read: (db: Db, tree: Tree, name: string) => Promise<Found>,
): (db: Db, tree: Tree, name?: string) => Promise<Found> {
  const kept = new Map<string, Found>()
  return async (db, tree, name = '') => {
    // Read first: what is read after it is as new or newer, and is read anew the next time.
    const key = `${await treeVersion(db, tree)} ${name}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const found = await read(db, tree, name)
    kept.set(key, found)
    const oldest = kept.keys().next().value
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return found
  }
}

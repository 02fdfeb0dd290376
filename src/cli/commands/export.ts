import { resolve } from 'node:path'
import { exportTables } from '../../platform/backup/index.ts'
import { migrate } from '../../platform/database/index.ts'
import { DONE, type Command } from '../command.ts'
import { MIGRATIONS, withDatabaseUrl } from '../with-database.ts'

/** Writes every table as CSV for other programs; nothing that lets anybody in is among it. */
export const exportAll: Command = {
  takes: ['DIR'],
  async run({ config, w, given: [folder = ''], print }) {
    const target = resolve(config.calledFrom, folder)
    const exported = await withDatabaseUrl(config, async (databaseUrl) => {
      await migrate(databaseUrl, MIGRATIONS)
      return exportTables(databaseUrl, target)
    })
    print(w('cli_exported', { tables: exported.tables.length, folder: target }))
    return DONE
  },
}

import { join, resolve } from 'node:path'
import { backUp } from '../../platform/backup/index.ts'
import { migrate } from '../../platform/database/index.ts'
import { SECRET_KEY_FILE } from '../../platform/secrets/secret-box.ts'
import { DONE, type Command } from '../command.ts'
import { MIGRATIONS, withDatabaseUrl } from '../with-database.ts'

/** Writes everything into an empty folder, while Loa runs or not. */
export const backup: Command = {
  takes: ['DIR'],
  async run({ config, w, given: [folder = ''], print }) {
    const target = resolve(config.calledFrom, folder)
    const manifest = await withDatabaseUrl(config, async (databaseUrl) => {
      await migrate(databaseUrl, MIGRATIONS)
      return backUp({
        databaseUrl,
        filesFolder: config.filesFolder,
        keyFile: join(config.dataFolder, SECRET_KEY_FILE),
        target,
      })
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    print(w('cli_backed_up', { rows, files: manifest.files.length, folder: target }))
    return DONE
  },
}

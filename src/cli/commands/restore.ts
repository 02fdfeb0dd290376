import { join, resolve } from 'node:path'
import { openLoa } from '../../app/loa.ts'
import { restore as restoreFrom } from '../../platform/backup/index.ts'
import { SECRET_KEY_FILE } from '../../platform/secrets/secret-box.ts'
import { DONE, type Command } from '../command.ts'
import { MIGRATIONS, withDatabaseUrl } from '../with-database.ts'

/** Fills an empty installation from a backup; one that holds anything is left as it is. */
export const restore: Command = {
  takes: ['DIR'],
  async run({ config, w, given: [folder = ''], print }) {
    const source = resolve(config.calledFrom, folder)
    const { filesFolder } = config
    const keyFile = join(config.dataFolder, SECRET_KEY_FILE)
    const manifest = await withDatabaseUrl(config, async (databaseUrl) => {
      const makeJobTables = async () => (await openLoa({ databaseUrl, folder: config.dataFolder })).close()
      return restoreFrom({ databaseUrl, filesFolder, keyFile, source, migrations: MIGRATIONS, makeJobTables })
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    print(w('cli_restored', { rows, files: manifest.files.length, takenAt: manifest.takenAt }))
    return DONE
  },
}

import { basename, resolve } from 'node:path'
import { openLoa } from '../../app/loa.ts'
import { receivePackage, takePackage } from '../../core/bridge/index.ts'
import { asSystem } from '../../core/kernel/index.ts'
import { readFolderOrFile } from '../../platform/bridge/index.ts'
import { DONE, type Command } from '../command.ts'
import { withDatabaseUrl } from '../with-database.ts'

/** Takes the package that another program left in a folder, or as a file. The same again changes nothing. */
export const bridgeReceive: Command = {
  takes: ['PATH'],
  async run({ config, w, given: [path = ''], print }) {
    const full = resolve(config.calledFrom, path)
    const bytes = await readFolderOrFile(full)
    const taken = await withDatabaseUrl(config, async (databaseUrl) => {
      const loa = await openLoa({ databaseUrl, folder: config.dataFolder })
      try {
        const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bridge')
        return await takePackage(ctx, await receivePackage(ctx, basename(full), bytes))
      } finally {
        await loa.close()
      }
    })
    print(w('cli_bridge_received', taken))
    return DONE
  },
}

import { resolve } from 'node:path'
import { openLoa } from '../../app/loa.ts'
import { exchangeById, sendPackage } from '../../core/bridge/index.ts'
import { asSystem } from '../../core/kernel/index.ts'
import { writeFolder } from '../../platform/bridge/index.ts'
import { DONE, type Command } from '../command.ts'
import { withDatabaseUrl } from '../with-database.ts'

/** Writes the package for source-information systems into a folder, where another program fetches it. */
export const bridgeSend: Command = {
  takes: ['FROM', 'TO', 'DIR'],
  async run({ config, w, given: [from = '', to = '', dir = ''], print }) {
    const folder = resolve(config.calledFrom, dir)
    const files = await withDatabaseUrl(config, async (databaseUrl) => {
      const loa = await openLoa({ databaseUrl, folder: config.dataFolder })
      try {
        const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bridge')
        const exchange = await exchangeById(ctx.db, await sendPackage(ctx, { from, to }, 'file'))
        return exchange ? await writeFolder(folder, await ctx.files.get(exchange.sha256)) : 0
      } finally {
        await loa.close()
      }
    })
    print(w('cli_bridge_sent', { files, folder }))
    return DONE
  },
}

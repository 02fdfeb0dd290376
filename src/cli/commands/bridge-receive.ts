import { basename, dirname, join, resolve } from 'node:path'
import { openLoa } from '../../app/loa.ts'
import { sentenceOf } from '../../app/wording/words.ts'
import { takeLeft } from '../../core/bridge/index.ts'
import { asSystem, Refusal } from '../../core/kernel/index.ts'
import { putAside, readFolderOrFile } from '../../platform/bridge/index.ts'
import type { Config } from '../../platform/config/index.ts'
import { DONE, type Command } from '../command.ts'
import { withDatabaseUrl } from '../with-database.ts'

/**
 * Takes the package that another program left in a folder, or as a file, and puts it into `done` beside it; what is refused
 * goes into `refused`, with the reason. The same again changes nothing.
 */
export const bridgeReceive: Command = {
  takes: ['PATH'],
  async run({ config, w, given: [path = ''], print }) {
    const full = resolve(config.calledFrom, path)
    const bytes = await readFolderOrFile(full)
    const aside = (folder: string, reason?: string) => putAside(full, join(dirname(full), folder), reason)
    try {
      const taken = await take(config, basename(full), bytes)
      print(taken ? w('cli_bridge_received', taken) : w('cli_bridge_known'))
    } catch (thrown) {
      if (thrown instanceof Refusal) await aside('refused', sentenceOf(w, thrown))
      throw thrown
    }
    print(w('cli_bridge_aside', { path: (await aside('done')) ?? full }))
    return DONE
  },
}

async function take(config: Config, name: string, bytes: Uint8Array): ReturnType<typeof takeLeft> {
  return withDatabaseUrl(config, async (databaseUrl) => {
    const loa = await openLoa({ databaseUrl, folder: config.dataFolder })
    try {
      return await takeLeft(asSystem(loa.contextOf({ kind: 'nobody' }), 'bridge'), name, bytes)
    } finally {
      await loa.close()
    }
  })
}

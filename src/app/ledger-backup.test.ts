import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp, restore } from '../platform/backup/index.ts'
import { countsOf } from '../core/release/index.ts'
import { openEmptyDatabase, stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage } from './release.build.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')

test('the ledger comes back from a backup row by row, with its counts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-ledger-'))
  const stage = await openReleaseStage(stillClock('2026-11-24T02:00:00Z'), FEW_OUTLETS)
  const target = await openEmptyDatabase()
  try {
    const releaseId = await stage.released({
      channels: ['portal', 'loudspeaker'],
      startsAt: new Date('2026-11-24T00:00:00Z'),
      words: 'Phát',
    })
    const before = await countsOf(stage.ctx.db, releaseId)
    const [filesFolder, keyFile, backup] = ['files', 'secret.key', 'backup'].map((name) => join(folder, name))
    await mkdir(filesFolder!)
    await writeFile(keyFile!, randomBytes(32))
    await backUp({ databaseUrl: stage.database.url, filesFolder: filesFolder!, keyFile: keyFile!, target: backup! })
    await restore({
      source: backup!,
      databaseUrl: target.url,
      filesFolder: join(folder, 'restored'),
      keyFile: join(folder, 'restored.key'),
      migrations: MIGRATIONS,
      makeJobTables: () => Promise.resolve(),
    })
    expect(before.planned).toBe(3)
    expect(await countsOf(target.db, releaseId)).toEqual(before)
    const { n } = await target.db
      .selectFrom('delivery')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(n).toBe(3)
  } finally {
    await target.close()
    await stage.database.close()
    await rm(folder, { recursive: true, force: true })
  }
})

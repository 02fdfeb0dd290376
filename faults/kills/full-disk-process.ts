/**
 * What runs on a disk of its own that is full again and again: `node full-disk-process.ts SEED FOLDER JOURNAL`. Started in
 * a mount namespace of its own, so that the disk ends with it. The last line is what came of it.
 */
import { execFile } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { endInPeace } from './end-in-peace.ts'
import { openStage, type Stage } from './stage.ts'

/** A new database takes some 60 MB, and its log grows by 16 MB at a time. */
const DISK_MEGABYTES = 160
const TIMES_FULL = 3
const EMPTY_MS = 4_000
const FULL_MS = 6_000
const BLOCK = new Uint8Array(1 << 20)

const [, , seed = '1', folder = '', journal = ''] = process.argv
await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,mode=755`, 'loa-small-disk', folder])
process.env['TMPDIR'] = folder
const stage = await openStage({ seed: Number(seed), workers: 2, journal })
const programs = [stage.receiver, stage.office, ...stage.workers]
try {
  for (const program of programs) await program.start()
  for (let time = 0; time < TIMES_FULL; time += 1) {
    await wait(EMPTY_MS)
    await fillUp(stage)
  }
  console.log(JSON.stringify({ ...(await endInPeace(stage, 0)), full: TIMES_FULL }))
} finally {
  for (const program of programs) await program.stop()
  await stage.close()
}

/** Takes every byte that is left, for a while; what died of it is started again when there is room. */
async function fillUp({ database, toDatabase }: Stage): Promise<void> {
  const ballast = join(folder, 'ballast')
  const file = await open(ballast, 'w')
  try {
    for (const until = Date.now() + FULL_MS; Date.now() < until;) {
      // Whoever frees a byte loses it again.
      await file.write(BLOCK).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error
        return wait(20)
      })
    }
  } finally {
    await file.close()
    await rm(ballast)
  }
  toDatabase.leadTo(await database.revive())
}

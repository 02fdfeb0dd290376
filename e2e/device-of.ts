import type { Id } from '../src/core/kernel/index.ts'
import { enrolDevice, keepStates } from '../src/core/station/index.ts'
import { enrolmentOf, heartbeat } from '../src/app/stations.build.ts'
import { readConfig } from '../src/platform/config/index.ts'
import { openDatabase, reachDatabase } from '../src/platform/database/index.ts'
import { stillClock, testCtx } from '../src/testing/index.ts'
import type { RunningApp } from './running-app.ts'

/** Enrols a device of an app in another process with the code it was given, and lets it say once that all is well. */
export async function enrolBy(app: RunningApp, code: string): Promise<Id<'device'>> {
  const { allowNamespaces } = readConfig()
  const { url } = await reachDatabase({ databaseUrl: null, dataFolder: app.folder, allowNamespaces })
  const database = openDatabase(url, 2)
  try {
    const now = new Date()
    const ctx = testCtx(database.db, { clock: stillClock(now.toISOString()) })
    const { deviceId } = await enrolDevice(ctx, enrolmentOf(code), '127.0.0.1')
    await keepStates(ctx.db, [heartbeat(deviceId, now, { nextPlayAt: new Date(now.getTime() + 3_600_000) })])
    return deviceId
  } finally {
    await database.close()
  }
}

/**
 * The office under test: people who release, stop and recall, by the very actions that the pages call:
 * `node office-process.ts DATABASE_URL FOLDER SEED CLOCK_FILE`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { openLoa } from '../../src/app/loa.ts'
import { Refusal } from '../../src/core/kernel/index.ts'
import { randomFrom } from '../random.ts'
import { wrongClock } from './clock.ts'
import { doSomething, officeOf } from './office.ts'

/** A deed a second or so: what goes out is to pile up a little, and not more. */
const LONGEST_REST_MS = 1_500

process.once('disconnect', () => process.exit(1))
const [, , databaseUrl = '', folder = '', seed = '1', clockFile = ''] = process.argv
const random = randomFrom(Number(seed) + process.pid)
const loa = await openLoa({ databaseUrl, folder, clock: wrongClock(clockFile) })
const office = await officeOf(loa.contextOf({ kind: 'system', name: 'office' }))
console.log('working')
for (;;) {
  try {
    await doSomething(office, random)
  } catch (thrown) {
    // What was already so is no fault; a database that is away comes back.
    if (!(thrown instanceof Refusal)) await wait(200)
  }
  await wait(random.below(LONGEST_REST_MS))
}

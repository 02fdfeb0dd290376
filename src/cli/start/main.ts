/** What `npm start` runs: the database, its migrations, the first data, the worker (not with `--no-worker`) and the web pages, in one process. */
import { parseArgs } from 'node:util'
import { readWording } from '../../app/wording/read-wording.ts'
import { readConfig } from '../../platform/config/index.ts'
import { keepRunning } from './keep-running.ts'
import { startLoa } from './start-loa.ts'

const { values } = parseArgs({
  options: { empty: { type: 'boolean', default: false }, 'no-worker': { type: 'boolean', default: false } },
})

try {
  const config = readConfig()
  const w = readWording(config.language)
  console.log(w('start_starting'))
  const running = await startLoa(config, { empty: values.empty, works: !values['no-worker'] })
  if (running.signIns.length > 0) {
    console.log(w('start_sign_ins', { count: running.signIns.length }))
    for (const { username, password, about } of running.signIns) {
      console.log(`  ${username.padEnd(24)} ${password.padEnd(24)} ${about}`)
    }
  }
  console.log(w('start_ready', { address: running.address }))
  keepRunning(running, () => console.log(w('start_stopping')))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof Error && error.cause) console.error(error.cause)
  process.exit(1)
}

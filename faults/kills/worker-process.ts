/**
 * A worker under test, as `loa worker` is one, whose channels lead to the receiver of the harness and whose clock may
 * jump: `node worker-process.ts DATABASE_URL FOLDER RECEIVER_PORT CLOCK_FILE`.
 */
import { openLoa } from '../../src/app/loa.ts'
import { tellBy } from '../../src/app/tell-by-mail.ts'
import { startWatch } from '../../src/app/watch.ts'
import { startWork } from '../../src/app/work.ts'
import { wrongClock } from './clock.ts'
import { hearReceipts, sendToReceiver } from './to-receiver.ts'

process.once('disconnect', () => process.exit(1))
const [, , databaseUrl = '', folder = '', receiverPort = '', clockFile = ''] = process.argv
const loa = await openLoa({ databaseUrl, folder, supervise: true, clock: wrongClock(clockFile) })
sendToReceiver(Number(receiverPort))
const stopWork = await startWork(loa)
const stopWatch = startWatch(
  loa,
  tellBy(() => Promise.resolve(false), ''),
)
const stopHearing = hearReceipts(loa.contextOf({ kind: 'system', name: 'receipts' }), Number(receiverPort))
console.log('working')
process.once('SIGTERM', async () => {
  await stopHearing()
  await stopWork()
  await stopWatch()
  await loa.close()
  process.exit(0)
})

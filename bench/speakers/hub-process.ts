/** The hub in a process of its own, so that its memory is its own. Arguments: database, folder, broker elsewhere or nothing. */
import { openLoa } from '../../src/app/loa.ts'
import { startSpeakerHub } from '../../src/app/speaker-hub.ts'
import type { HubEmergency } from '../../src/app/speaker-hub-port.ts'
import { openBroker } from '../../src/platform/speakers/broker.ts'
import { openOutsideBroker } from '../../src/platform/speakers/outside-broker.ts'
import type { Plane } from '../../src/platform/speakers/plane.ts'
import { emergencyAt, weekFrom } from './programme.ts'

const [databaseUrl = '', folder = '', outside = ''] = process.argv.slice(2)
const loa = await openLoa({ databaseUrl, folder })
const week = weekFrom(Date.now())
let emergency: HubEmergency | null = null
let port = 0
const hub = await startSpeakerHub<Plane>({
  ctx: loa.contextOf({ kind: 'nobody' }),
  listen: (name, heard) => loa.listen(name, heard),
  programme: {
    scheduleOf: async () => week,
    emergenciesOf: async () => (emergency ? [emergency] : []),
    endPlays: async () => 0,
  },
  async open(door, ears) {
    if (outside !== '') return openOutsideBroker(outside, ears)
    const broker = await openBroker({ port: 0, host: '127.0.0.1', portIsFixed: false, tls: null, door, ears })
    port = broker.port
    return broker
  },
})
process.on('message', (asked: string) => {
  if (asked === 'emergency') emergency = emergencyAt(Date.now())
  if (asked === 'calm') emergency = null
  process.send?.({ rss: process.memoryUsage().rss })
})
process.once('disconnect', () => void hub.close().finally(() => process.exit(0)))
process.send?.({ port })

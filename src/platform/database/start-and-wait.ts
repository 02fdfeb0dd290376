/** For kill.test.ts: starts the database on a folder, says so, and waits to be killed. */
import { startEmbedded } from './index.ts'

const [, , folder = '', namespaces] = process.argv
await startEmbedded({ folder, allowNamespaces: namespaces !== 'none' })
process.stdout.write('started\n')
setInterval(() => {}, 1_000)

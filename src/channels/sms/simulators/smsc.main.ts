/**
 * The message centre as a program of its own, which tests kill: `node smsc.main.ts [PORT] [JOURNAL]`. It writes its port as
 * the first line, and what it has taken so far as JSON for every line it is given; it ends when its input does.
 */
import { createInterface } from 'node:readline'
import { startSmscSimulator } from './smsc-simulator.ts'

const [port = '0', journal = null] = process.argv.slice(2)
const smsc = await startSmscSimulator({ port: Number(port), journal, receiptMs: 20 })
console.log(smsc.port)
for await (const _asked of createInterface({ input: process.stdin })) console.log(JSON.stringify(smsc.counts()))
await smsc.close()

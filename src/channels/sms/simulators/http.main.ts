/**
 * The HTTP gateway as a program of its own, which tests kill: `node http.main.ts [PORT] [RECEIPT_URL] [JOURNAL]`. It writes
 * its port as the first line, and what it has taken so far as JSON for every line it is given; it ends when its input does.
 */
import { createInterface } from 'node:readline'
import { startHttpSimulator } from './http-simulator.ts'

const [port = '0', receiptUrl = null, journal = null] = process.argv.slice(2)
const gateway = await startHttpSimulator({ port: Number(port), receiptUrl, journal })
console.log(gateway.port)
for await (const _asked of createInterface({ input: process.stdin })) console.log(JSON.stringify(gateway.counts()))
await gateway.close()

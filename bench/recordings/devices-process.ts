/** Devices that all ask for one recording as soon as they may. Arguments: where it lies, and the file with what each says. */
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'

const [address = '', file = ''] = process.argv.slice(2)
const { sha256, questions } = JSON.parse(readFileSync(file, 'utf8')) as { sha256: string; questions: string[] }
/** As many connections as a warning finds at a time: each device opens one of its own. */
const agent = new Agent({ keepAlive: false, maxSockets: 1_000 })
const began = performance.now()
const last = await Promise.all(questions.map((authorization) => bring(authorization)))
process.send?.({ ms: performance.now() - began, last: last.sort((one, other) => one - other) }, () => process.exit(0))

/** Ms from the beginning until it was there whole. */
function bring(authorization: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = get(`${address}${sha256}`, { agent, headers: { authorization } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`HTTP ${answer.statusCode}`))
      answer.resume()
      answer.on('end', () => resolve(performance.now() - began))
    })
    asking.on('error', reject)
  })
}

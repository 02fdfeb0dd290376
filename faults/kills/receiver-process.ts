/**
 * The machines at the other end, as a program that can be killed: `node receiver-process.ts PORT JOURNAL SEED`. What it
 * takes is in its journal before it answers, so that what was counted survives its death.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { randomFrom } from '../random.ts'
import { Receiver, type Call } from '../receiver.ts'

/** One line of the journal. */
type Entry =
  | { readonly took: Call; readonly refs: readonly string[]; readonly fails: boolean; readonly twice: boolean }
  | { readonly heard: readonly number[] }

/** What it has to say of what it took. */
export interface SaidReceipt {
  readonly number: number
  readonly gateway: string
  readonly ref: string
  readonly state: 'delivered' | 'failed'
}

export interface Handed extends Call {
  readonly gateway: string | null
  readonly parts: number
}

/** What it says to one row. `dead`: it was taken, and the answer never comes. */
export type Said = { readonly kind: 'taken'; readonly refs: readonly string[] } | { readonly kind: 'refused' | 'busy' }

process.once('disconnect', () => process.exit(1))
const [, , port = '0', journal = '', seed = '1'] = process.argv
const random = randomFrom(Number(seed) + process.pid)
const receiver = new Receiver()
const receipts: (SaidReceipt & { from: number; heard: boolean })[] = []
if (existsSync(journal))
  for (const line of readFileSync(journal, 'utf8').split('\n')) if (line) apply(JSON.parse(line) as Entry)

createServer(async (request, response) => {
  const body = JSON.parse((await textOf(request)) || '{}') as Record<string, unknown>
  const answer = ROUTES[request.url ?? '']?.(body)
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(answer ?? {}))
}).listen(Number(port), '127.0.0.1', () => console.log('listening'))

const ROUTES: Readonly<Record<string, (body: Record<string, unknown>) => unknown>> = {
  '/take': ({ row }) => take(row as Handed),
  '/ask': ({ keys }) => (keys as string[]).map(stateOf),
  '/receipts': () => waiting(),
  '/heard': ({ numbers }) => (keep({ heard: numbers as number[] }), {}),
}

function take(row: Handed): Said {
  const luck = random()
  if (luck < 0.02) return { kind: 'refused' }
  if (luck < 0.05) return { kind: 'busy' }
  const { gateway, parts, ...call } = row
  const refs = gateway
    ? Array.from({ length: parts }, (_, part) => `${gateway}|${row.key}|${receiver.timesOf(row.key)}|${part}`)
    : []
  keep({ took: call, refs, fails: gateway !== null && random.chance(0.04), twice: random.chance(0.2) })
  return { kind: 'taken', refs }
}

/** In the journal first: a death between leaves it taken, whatever the caller hears. */
function keep(entry: Entry): void {
  appendFileSync(journal, `${JSON.stringify(entry)}\n`)
  apply(entry)
}

function apply(entry: Entry): void {
  if ('heard' in entry) {
    for (const number of entry.heard) {
      const receipt = receipts[number]
      if (receipt) receipt.heard = true
    }
    return
  }
  receiver.take(entry.took)
  if (entry.fails) receiver.fail(entry.took.key)
  for (const [part, ref] of entry.refs.entries()) {
    const bad = entry.fails && part === entry.refs.length - 1
    // Some are said before the answer is, most within two seconds, each in its own time; some twice.
    const from = Date.now() + random() * 2_000
    const said = {
      gateway: ref.split('|')[0] ?? '',
      ref,
      state: bad ? ('failed' as const) : ('delivered' as const),
      from,
    }
    for (let time = 0; time < (entry.twice ? 2 : 1); time += 1)
      receipts.push({ ...said, number: receipts.length, heard: false })
  }
}

function waiting(): SaidReceipt[] {
  const now = Date.now()
  return random.shuffled(receipts.filter(({ heard, from }) => !heard && from <= now)).slice(0, 50)
}

function stateOf(key: string): 'delivered' | 'failed' | 'missing' {
  const taken = receiver.taken.get(key)
  return taken ? (taken.failed ? 'failed' : 'delivered') : 'missing'
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

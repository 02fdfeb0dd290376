/**
 * Text messages a second with every receipt kept, over loopback to a simulated centre in a process of its own: Loa (its worker:
 * claim in the ledger, SMPP, receipts on disk, rows closed), the bare package `smpp` (nothing kept), and Kannel (all in memory). The
 * three take turns, so that a machine that is busy with something else is busy for all. `node bench/sms.ts [TEXTS] [ROUNDS]`
 */
import { setTimeout as wait } from 'node:timers/promises'
import { startLedger } from '../src/app/work-ledger.ts'
import { openSmsSender } from '../src/channels/sms/sms-sender.ts'
import { whyNoKannel } from '../src/channels/sms/peers/kannel.build.ts'
import { arithmeticOf, countsOf, sendWith } from '../src/core/release/index.ts'
import { expandLists } from '../src/core/release/expand-lists.ts'
import { sendBare } from './sms/bare.ts'
import { startCentre } from './sms/centre.ts'
import { openKannel } from './sms/kannel.ts'
import { openProvince } from './sms/province.ts'

const TEXTS = Number(process.argv[2] ?? 20_000)
const ROUNDS = Number(process.argv[3] ?? 3)
const WINDOW = 1_000
const WORDS = 'Canh giac viec nhe luong cao. Hoi xa truoc khi di. Goi 111.'
const LOOK_MS = 50
const LEAST_PER_SECOND = 5_000
const LEAST_OF_BARE = 0.4
const LEAST_OF_KANNEL = 2

const centre = await startCentre()
const province = await openProvince(centre.port, TEXTS, WINDOW)
const kannel = whyNoKannel === '' ? await openKannel(centre.port, WINDOW) : null
const sender = openSmsSender()
sendWith(sender)
const stop = await startLedger(province.ctx, (called) => province.loa.listen('loa_ledger', called))
const speeds: Record<'loa' | 'bare' | 'kannel', number[]> = { loa: [], bare: [], kannel: [] }
try {
  for (let round = 1; round <= ROUNDS; round += 1) {
    speeds.bare.push(await measured('bare', () => sendBare(centre.port, TEXTS, WINDOW, WORDS)))
    const release = await province.release(`${WORDS} ${round}`, expandLists)
    const ended = async () => arithmeticOf(await countsOf(province.ctx.db, release)).finished
    speeds.loa.push(await measured('loa', () => until(ended)))
    const { delivered } = await countsOf(province.ctx.db, release)
    if (delivered !== TEXTS) console.log(`${TEXTS - delivered} texts did not come to be delivered`)
    if (kannel) speeds.kannel.push(await measured('kannel', () => kannel.send(TEXTS, `${WORDS} ${round}`)))
  }
} finally {
  await kannel?.stop()
  await stop()
  await province.close()
  await centre.stop()
}

const [loa, bare, rival] = [middle(speeds.loa), middle(speeds.bare), middle(speeds.kannel)]
judge('Loa, texts a second', loa, LEAST_PER_SECOND)
judge('Loa to the bare package', loa / bare, LEAST_OF_BARE)
if (kannel) judge('Loa to Kannel', loa / rival, LEAST_OF_KANNEL)
else console.log(`Kannel was left out${whyNoKannel}`)

async function until(ended: () => Promise<boolean>): Promise<void> {
  while (!(await ended())) await wait(LOOK_MS)
}

/** Texts a second until the last receipt was answered for. */
async function measured(who: keyof typeof speeds, send: () => Promise<void>): Promise<number> {
  const since = await centre.counts()
  const began = performance.now()
  await send()
  await centre.done(since, TEXTS)
  const speed = TEXTS / ((performance.now() - began) / 1_000)
  console.log(`${who.padEnd(6)} ${Math.round(speed)} texts a second`)
  return speed
}

function middle(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? NaN
}

function judge(what: string, figure: number, goal: number): void {
  const good = figure >= goal
  console.log(`${good ? '✓' : '✗'} ${what}: ${figure.toFixed(figure < 100 ? 2 : 0)} (goal ${goal})`)
  if (!good) process.exitCode = 1
}

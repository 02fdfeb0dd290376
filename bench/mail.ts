/**
 * Letters a second: a list of the ledger through the bulletin's sender, against nodemailer's own pool with the same words,
 * to the same simulator in a process of its own; each signed by DKIM and unsigned, in turns.
 */
import { generateKeyPairSync } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import nodemailer from 'nodemailer'
import { openLoa } from '../src/app/loa.ts'
import { loadReference } from '../src/app/reference.ts'
import { readWording } from '../src/app/wording/read-wording.ts'
import { bulletinSender } from '../src/channels/bulletin/bulletin-sender.ts'
import { writeBulletin } from '../src/channels/bulletin/bulletin-letter.ts'
import { writeMailAs } from '../src/channels/bulletin/mail-settings.ts'
import { startMailSimulator } from '../src/channels/bulletin/simulator/mail-simulator.ts'
import type { Gateway } from '../src/core/gateway/index.ts'
import { asSystem, newId, type Ctx, type Id } from '../src/core/kernel/index.ts'
import { outletById } from '../src/core/outlet/index.ts'
import type { Sending } from '../src/core/release/index.ts'
import { buildList, buildMembers } from '../src/core/subscriber/subscriber.build.ts'
import { membersOf } from '../src/core/subscriber/index.ts'
import { holdDatabase, migrate } from '../src/platform/database/index.ts'

const LETTERS = 3_000
const SESSIONS = 10
const ROUNDS = 3
/** We sign, open sealed contacts and ask who has left, and must be no slower than the bare part that only sends. */
const LEAST_OF_BARE = 1

const FROM = { name: 'Bản tin tỉnh', address: 'ban-tin@loa.example' }
const FIELDS = {
  title: 'Cảnh giác với “việc nhẹ, lương cao” ở nước ngoài',
  body: 'Kẻ xấu thường làm quen qua mạng, hứa trả lương cao và giục đi ngay trong đêm.\n\n- Không đưa giấy tờ cho người lạ.\n- Hỏi Ủy ban nhân dân xã trước khi đi.\n\nKhi nghi ngờ, hãy gọi 111.'.repeat(
    3,
  ),
}
const RELEASE = newId<'release'>()
const GATEWAY = newId<'gateway'>()
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

if (process.argv[2] === 'simulator') {
  const { port } = await startMailSimulator({ port: 0 })
  console.log(port)
} else {
  await measure()
}

async function measure(): Promise<void> {
  const simulator = spawn(process.execPath, [import.meta.filename, 'simulator'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: simulator.stdout }), 'line')) as [string]
  const port = Number(line)
  const folder = await mkdtemp(join(tmpdir(), 'loa-bench-mail-'))
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  await migrate(database.url, join(import.meta.dirname, '../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  try {
    const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'bench')
    await loadReference(ctx)
    const outletId = await buildList(ctx, { code: 'DS', open: false })
    await buildMembers(
      ctx,
      outletId,
      Array.from({ length: LETTERS }, (_, at) => `docgia.${at}@nguoidoc.example`),
    )
    for (const signed of [true, false]) {
      let [ours, bare] = [0, 0]
      for (let round = 0; round < ROUNDS; round += 1) {
        ours = Math.max(ours, await byUs(ctx, outletId, port, signed))
        bare = Math.max(bare, await byNodemailer(port, signed))
      }
      const ratio = ours / bare
      const how = signed ? 'signed by DKIM (RSA 2048)' : 'unsigned'
      console.log(
        `${how}: ${ours.toFixed(0)} letters a second, nodemailer's pool ${bare.toFixed(0)}: ${ratio.toFixed(2)} of it`,
      )
      if (ratio < LEAST_OF_BARE) process.exitCode = 1
    }
  } finally {
    await bulletinSender.close?.()
    await loa.close()
    await database.stop()
    simulator.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

/** All that the ledger asks of the sender: batches of rows, one outcome each. */
async function byUs(ctx: Ctx, outletId: Id<'outlet'>, port: number, signed: boolean): Promise<number> {
  const words = readWording('vi')
  const dkim = signed ? { domain: 'loa.example', selector: 'loa', key: privateKey } : null
  writeMailAs({ origin: 'https://loa.example', from: FROM, returnDomain: 'loa.example', dkim, say: () => words })
  const rows = await sendings(ctx, outletId, port)
  const began = performance.now()
  let accepted = 0
  for (let at = 0; at < rows.length; at += bulletinSender.batch) {
    const outcomes = await bulletinSender.send(
      ctx,
      rows.slice(at, at + bulletinSender.batch),
      new AbortController().signal,
    )
    accepted += outcomes.filter(({ kind }) => kind === 'accepted').length
  }
  if (accepted !== LETTERS) throw new Error(`only ${accepted} of ${LETTERS} letters were taken`)
  return LETTERS / ((performance.now() - began) / 1_000)
}

async function byNodemailer(port: number, signed: boolean): Promise<number> {
  const pool = nodemailer.createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: SESSIONS,
    ...(signed
      ? {
          dkim: {
            domainName: 'loa.example',
            keySelector: 'loa',
            privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
          },
        }
      : {}),
  })
  const words = readWording('vi')
  const issue = { number: 1, address: 'https://loa.example/cong/ban-tin/1' }
  const hotlines = [{ name: 'Tổng đài quốc gia', number: '111' }]
  const bulletin = { language: 'vi', fields: FIELDS, kind: 'news' as const, hotlines, list: 'DS', issue }
  const { subject, text, html } = writeBulletin(bulletin, words)
  const began = performance.now()
  await Promise.all(
    Array.from({ length: LETTERS }, (_, at) =>
      pool.sendMail({
        from: FROM,
        to: `docgia.${at}@nguoidoc.example`,
        subject,
        text,
        html,
        headers: {
          'List-Unsubscribe': `<https://loa.example/cong/ngung-nhan/${at}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      }),
    ),
  )
  const rate = LETTERS / ((performance.now() - began) / 1_000)
  pool.close()
  return rate
}

async function sendings(ctx: Ctx, outletId: Id<'outlet'>, port: number): Promise<Sending[]> {
  const outlet = await outletById(ctx.db, outletId)
  if (!outlet) throw new Error('the list has just been made')
  const members = await membersOf(ctx.db, outletId, 'active', null, LETTERS)
  const rendition = { id: newId(), channel: 'bulletin', language: 'vi', version: 1, fields: FIELDS, recording: null }
  return members.map(({ subscriberId }) => ({
    deliveryId: newId<'delivery'>(),
    releaseId: RELEASE,
    messageId: newId<'message'>(),
    ofReleaseId: null,
    kind: 'original',
    corrects: false,
    lane: 'ordinary',
    outlet: { ...outlet, id: outletId },
    recipientId: subscriberId,
    gateway: gatewayAt(port),
    attempt: 1,
    expiresAt: null,
    renditions: [rendition],
  }))
}

function gatewayAt(port: number): Gateway {
  return {
    id: GATEWAY,
    code: 'SMTP',
    name: 'SMTP',
    channel: 'bulletin',
    kind: 'smtp',
    organisationId: null,
    settings: { host: '127.0.0.1', port, secure: false },
    secretSealed: null,
    share: 100,
    shareNow: 100,
    ratePerSecond: 100_000,
    windowSize: SESSIONS,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
  }
}

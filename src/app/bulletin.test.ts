import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { simpleParser, type ParsedMail } from 'mailparser'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { noteReport } from '../channels/bulletin/note-report.ts'
import { writeBounce } from '../channels/bulletin/simulator/reports.ts'
import { bulletinSender } from '../channels/bulletin/bulletin-sender.ts'
import { writeMailAs, type MailSettings } from '../channels/bulletin/mail-settings.ts'
import { listenForReturns, type ReturnListener } from '../channels/bulletin/return-listener.ts'
import { startMailSimulator, type MailSimulator } from '../channels/bulletin/simulator/mail-simulator.ts'
import { issuesBelow } from '../core/bulletin/index.ts'
import { upsertGateway } from '../core/gateway/index.ts'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import { editMessage, messageById } from '../core/message/index.ts'
import {
  correctRelease,
  countsOf,
  deliveriesOf,
  pressRelease,
  proposeRelease,
  recallRelease,
  sendWith,
  workLedger,
} from '../core/release/index.ts'
import { placesAsOf } from '../core/place/index.ts'
import { decideReview, submitMessage } from '../core/review/index.ts'
import { buildList, buildMembers } from '../core/subscriber/subscriber.build.ts'
import { findSubscriber, leaveList, memberLink } from '../core/subscriber/index.ts'
import { stillClock } from '../testing/index.ts'
import { approvedNotice, openReleaseStage, type ReleaseStage } from './release.build.ts'
import { readWording } from './wording/read-wording.ts'

const clock = stillClock('2026-07-01T01:00:00Z')
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const words = readWording('vi')
const SETTINGS: MailSettings = {
  origin: 'https://loa.example',
  from: { name: 'Bản tin tỉnh', address: 'ban-tin@loa.example' },
  returnDomain: 'tra-lai.loa.example',
  dkim: { domain: 'loa.example', selector: 'loa', key: privateKey },
  say: () => words,
}
let stage: ReleaseStage
let ctx: Ctx
let simulator: MailSimulator
let returns: ReturnListener
let lists = 0

beforeAll(async () => {
  stage = await openReleaseStage(clock, [])
  ctx = stage.system
  returns = await listenForReturns(ctx, 0)
  simulator = await startMailSimulator({ port: 0, returnPort: returns.port })
  writeMailAs(SETTINGS)
  sendWith(bulletinSender)
  await upsertGateway(ctx.db, {
    id: newId<'gateway'>(),
    code: 'SMTP',
    name: 'SMTP',
    channel: 'bulletin',
    kind: 'smtp',
    organisationId: null,
    settings: { host: '127.0.0.1', port: simulator.port, secure: false },
    secretSealed: null,
    share: 100,
    shareNow: 100,
    ratePerSecond: 1_000,
    windowSize: 4,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
  })
})
afterAll(async () => {
  await bulletinSender.close?.()
  await simulator.close()
  await returns.close()
  await stage.database.close()
})
const forward = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
const work = async () => {
  while ((await workLedger(ctx)) > 0);
}

/** A list of a commune of its own with these members, released to; everything that is due has left. */
async function released(names: readonly string[], open = true): Promise<{ releaseId: Id<'release'>; domain: string }> {
  const domain = `l${++lists}.example`
  const commune = (await placesAsOf(ctx.db, '2026-07-01')).filter(({ level }) => level === 'commune')[lists]
  const outletId = await buildList(ctx, { code: `DS-${lists}`, place: commune?.code, open })
  await buildMembers(
    ctx,
    outletId,
    names.map((name) => `${name}@${domain}`),
  )
  const messageId = await approvedNotice(stage.writer, stage.leader, stage.bodyOf('SVHTTDL-LC-2025'), ['bulletin'])
  const wish = {
    messageId,
    channels: ['bulletin' as const],
    places: commune ? [commune.id] : [],
    startsAt: clock.now(),
    words: 'x',
  }
  const releaseId = await proposeRelease(stage.writer, wish)
  await pressRelease(stage.leader, { releaseId })
  forward(61)
  await work()
  return { releaseId, domain }
}

const states = async (releaseId: Id<'release'>) =>
  Object.fromEntries(Object.entries(await countsOf(ctx.db, releaseId)).filter(([, n]) => n !== 0))
const lettersTo = (address: string) => simulator.letters().filter(({ to }) => to === address)
const read = (raw: string): Promise<ParsedMail> => simpleParser(Buffer.from(raw, 'latin1'))

test('every end of a letter is told by the world, and none goes twice', async () => {
  const names = [
    'an',
    'binh',
    'refused',
    'full',
    'policy',
    'throttled',
    'busy',
    'dies',
    'bounces',
    'twice',
    'delayed',
    'complains',
  ]
  const before = simulator.counts()
  const { releaseId, domain } = await released(names)
  // Of the nine others some may have come back already.
  expect(await states(releaseId)).toMatchObject({ unknown: 1, due: 2 })
  for (let round = 0; round < 3; round += 1) {
    forward(120)
    await work()
  }
  await until(async () => {
    const { failed, delivered } = await states(releaseId)
    return failed === 5 && delivered === 1
  })
  // Two that were put off were taken in the end; two came back; who complained has read it.
  expect(await states(releaseId)).toEqual({ accepted: 5, failed: 5, unknown: 1, delivered: 1 })
  const after = simulator.counts()
  expect([after.taken - before.taken, after.doubled - before.doubled]).toEqual([9, 0])

  const suppressed = async (name: string) => {
    const found = await findSubscriber(ctx, { contactKind: 'mail', contact: `${name}@${domain}` })
    return found.suppressedReason
  }
  expect(await Promise.all(['refused', 'bounces', 'complains'].map(suppressed))).toEqual([
    'bounce',
    'bounce',
    'complaint',
  ])
  expect(await Promise.all(['an', 'full', 'policy', 'dies', 'delayed'].map(suppressed))).toEqual(Array(5).fill(null))

  forward(25 * 3_600)
  await work()
  expect(await states(releaseId)).toEqual({ delivered: 6, failed: 5, unknown: 1 })
  const lines = await deliveriesOf(ctx.db, releaseId, { state: 'failed', channel: null, by: 'id' }, null, 20)
  expect(lines.map(({ reason }) => reason).toSorted()).toEqual([
    'mail_full',
    'mail_no_address',
    'mail_no_address',
    'mail_no_address',
    'mail_policy',
  ])
})

test('a fault of ours before anything has left leaves nothing unknown: the rows wait and go when it is mended', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue()
  writeMailAs({
    ...SETTINGS,
    say: () => () => {
      throw new Error('no words')
    },
  })
  const { releaseId, domain } = await released(['cho', 'doi'])
  expect(await states(releaseId)).toEqual({ due: 2 })
  expect(told.mock.calls.flat().join(' ')).not.toContain(domain)
  writeMailAs(SETTINGS)
  told.mockRestore()
  forward(120)
  await work()
  expect(await states(releaseId)).toEqual({ accepted: 2 })
  expect(lettersTo(`cho@${domain}`)).toHaveLength(1)
})

test('a letter has the hotline first, both forms, its way out and its number; the same row the same Message-ID', async () => {
  const { releaseId, domain } = await released(['hoa'])
  const [line] = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'id' }, null, 5)
  const [letter] = lettersTo(`hoa@${domain}`)
  const mail = await read(letter?.raw ?? '')
  expect(mail.messageId).toBe(`<${line?.id}@loa.example>`)
  expect(mail.subject).toBe('Cảnh giác')
  expect(mail.text?.split('\n')[0]).toMatch(/: 111$/)
  expect(mail.text).toContain('Hỏi xã trước khi đi.')
  expect(String(mail.html)).toContain('href="tel:111"')
  expect(String(mail.html)).not.toMatch(/<(img|script|link|iframe)|url\(/)
  const raw = letter?.raw ?? ''
  expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/loa\.example\/cong\/ngung-nhan\/[\w-]{65}>\r$/m)
  expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  expect(raw).toMatch(/^List-Id: <l[0-9a-f]{32}\.loa\.example>\r$/m)
  expect(raw).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256;/)
  expect(letter?.from).toMatch(/^b-[a-z2-7]{26}-[a-z2-7]{16}@tra-lai\.loa\.example$/)
  const [issue] = await issuesBelow(ctx.db, null, 1)
  expect(mail.text).toContain(`https://loa.example/cong/ban-tin/${issue?.number}`)
  expect(issue?.releaseId).toBe(releaseId)
})

test('who left since the row was written is not written to', async () => {
  const domain = `l${lists + 1}.example`
  const first = await released(['di', 'o'])
  const { id } = await findSubscriber(ctx, { contactKind: 'mail', contact: `di@${domain}` })
  const [line] = await deliveriesOf(ctx.db, first.releaseId, { state: null, channel: null, by: 'id' }, null, 1)
  const outletId = line?.outletId as Id<'outlet'>
  await leaveList(ctx, { link: await memberLink(ctx, id, outletId), all: true })
  await recallRelease(stage.leader, { releaseId: first.releaseId, reason: 'Sai số', words: 'Gỡ xuống' })
  await work()
  expect([lettersTo(`di@${domain}`).length, lettersTo(`o@${domain}`).length]).toEqual([1, 2])
  const [, notice] = lettersTo(`o@${domain}`)
  const mail = await read(notice?.raw ?? '')
  expect(mail.subject).toBe('Thu hồi: Cảnh giác')
  expect(mail.text).not.toContain('Hỏi xã trước khi đi.')
  const [issue] = await issuesBelow(ctx.db, null, 1)
  expect([issue?.releaseId, issue?.withdrawnAt]).toEqual([first.releaseId, clock.now()])
})

test('a correction is called one, to who has the first, and follows it in the numbers', async () => {
  const { releaseId, domain } = await released(['mai'])
  const [line] = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'id' }, null, 1)
  const [old] = await issuesBelow(ctx.db, null, 1)
  const messageId = old?.messageId as Id<'message'>
  const message = await messageById(ctx.db, messageId)
  const words = { title: 'Cảnh giác', lead: '', body: 'Hỏi công an xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
  await editMessage(stage.writer, {
    messageId,
    kind: 'notice',
    workingTitle: 'Cảnh giác',
    ...words,
    basedOn: message?.currentVersion ?? 1,
  })
  await submitMessage(stage.writer, { messageId })
  const contentHash = (await messageById(ctx.db, messageId))?.contentHash ?? ''
  await decideReview(stage.leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  const next = await correctRelease(stage.writer, { releaseId, messageId, words: 'Thay bản cũ' })
  await pressRelease(stage.leader, { releaseId: next })
  forward(61)
  await work()
  const [, corrected] = lettersTo(`mai@${domain}`)
  const mail = await read(corrected?.raw ?? '')
  expect(mail.subject).toBe('Đính chính: Cảnh giác')
  expect(mail.text).toContain('Hỏi công an xã trước khi đi.')
  expect(mail.text).toContain('thay cho bản đã gửi trước đây')
  const [issue] = await issuesBelow(ctx.db, null, 1)
  expect([issue?.ofReleaseId, issue?.number]).toEqual([releaseId, (old?.number ?? 0) + 1])
  expect(line?.releaseId).toBe(releaseId)
})

test('what goes to a list that is not open to all gets no number', async () => {
  const before = (await issuesBelow(ctx.db, null, 1))[0]?.number
  const { domain } = await released(['kin'], false)
  expect((await issuesBelow(ctx.db, null, 1))[0]?.number).toBe(before)
  expect((await read(lettersTo(`kin@${domain}`)[0]?.raw ?? '')).text).not.toContain('/cong/ban-tin/')
})

test('a bounce that nobody can have written but who got the letter is believed, and no other', async () => {
  const { releaseId, domain } = await released(['that'])
  const [letter] = lettersTo(`that@${domain}`)
  const forged = `${letter?.from.slice(0, 29)}${'a'.repeat(16)}@tra-lai.loa.example`
  const bounce = (returnTo: string) =>
    writeBounce({ returnTo, reader: `that@${domain}`, raw: letter?.raw ?? '' }, 'failed')
  expect(await noteReport(ctx, forged, bounce(forged))).toBe('ignored')
  await work()
  expect(await states(releaseId)).toEqual({ accepted: 1 })
  const genuine = letter?.from ?? ''
  expect([await noteReport(ctx, genuine, bounce(genuine)), await noteReport(ctx, genuine, bounce(genuine))]).toEqual([
    'noted',
    'noted',
  ])
  await work()
  expect(await states(releaseId)).toEqual({ failed: 1 })
})

/** What comes back by mail comes in its own time. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tried = 0; tried < 100; tried += 1) {
    await work()
    if (await holds()) return
    await wait(50)
  }
}

import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeMailAs } from '../channels/bulletin/mail-settings.ts'
import { closeOffices } from '../channels/bulletin/post-offices.ts'
import { startMailSimulator, type MailSimulator } from '../channels/bulletin/simulator/mail-simulator.ts'
import { upsertGateway } from '../core/gateway/index.ts'
import { addPerson } from '../core/identity/index.ts'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { staffMail } from './staff-mail.ts'

const NOTICE = { subject: 'Cảnh báo: có việc đứng yên', text: 'Cổng gửi không trả lời từ 08:00.' }
let database: TestDatabase
let simulator: MailSimulator
let ctx: Ctx

beforeAll(async () => {
  database = await openTestDatabase()
  simulator = await startMailSimulator({ port: 0 })
  ctx = testCtx(database.db)
})
afterAll(async () => {
  await closeOffices()
  await simulator.close()
  await database.close()
})

async function somebody(username: string, email: string | null): Promise<Id<'person'>> {
  const { personId } = await addPerson(ctx, { username, name: username, email, mustChange: false })
  return personId as Id<'person'> // addPerson made it
}

test('where no mail is set up nobody is told', async () => {
  expect(await staffMail(ctx, await somebody('som', 'som@so.example'), NOTICE)).toBe(false)
})

test('staff is told by mail; who has no address, or one that is no good, is not; a busy relay is tried again', async () => {
  const from = { name: 'Loa', address: 'loa@loa.example' }
  writeMailAs({ origin: 'https://loa.example', from, returnDomain: 'loa.example', dkim: null, say: () => (key) => key })
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
    ratePerSecond: 50,
    windowSize: 2,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
  })
  expect(await staffMail(ctx, await somebody('hoa', 'hoa@so.example'), NOTICE)).toBe(true)
  const mail = await simpleParser(Buffer.from(simulator.letters()[0]?.raw ?? '', 'latin1'))
  expect([mail.subject, mail.text?.trim()]).toEqual([NOTICE.subject, NOTICE.text])
  expect(await staffMail(ctx, await somebody('lan', null), NOTICE)).toBe(false)
  expect(await staffMail(ctx, await somebody('mai', 'refused@so.example'), NOTICE)).toBe(false)
  expect(await staffMail(ctx, await somebody('cuc', 'dies@so.example'), NOTICE)).toBe(true)
  await expect(staffMail(ctx, await somebody('dao', 'throttled@so.example'), NOTICE)).rejects.toThrow('mail_busy')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMailSimulator, type MailSimulator } from '../../channels/bulletin/simulator/mail-simulator.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'
import { relayOfUrl } from './relay.ts'

let simulator: MailSimulator
let office: PostOffice
beforeAll(async () => {
  simulator = await startMailSimulator({ port: 0 })
  office = openPostOffice(relayOfUrl(`smtp://127.0.0.1:${simulator.port}`), 4)
})
afterAll(async () => {
  await office.close()
  await simulator.close()
})

function parcel(to: string, id = to) {
  return { from: 'r@loa.example', to, raw: Buffer.from(`Message-ID: <${id}>\r\nTo: ${to}\r\n\r\n.chấm đầu dòng\r\n`) }
}
const send = (to: string) => office.send(parcel(to))

test.each([
  ['hoa@example.vn', { kind: 'accepted' }],
  ['refused@example.vn', { kind: 'refused', reason: 'mail_no_address', dead: true }],
  ['full@example.vn', { kind: 'refused', reason: 'mail_full', dead: false }],
  ['policy@example.vn', { kind: 'refused', reason: 'mail_policy', dead: false }],
  ['throttled@example.vn', { kind: 'postponed', reason: 'mail_busy' }],
  ['busy@example.vn', { kind: 'postponed', reason: 'mail_busy' }],
  ['dies@example.vn', { kind: 'unknown', reason: 'mail_lost_in_answer' }],
  ['slow@example.vn', { kind: 'accepted' }],
])('mail to %s is %j', async (to, handover) => {
  expect(await send(to)).toEqual(handover)
})

test('what was put off goes later, and what died was taken all the same', async () => {
  expect([await send('throttled@example.vn'), await send('throttled@example.vn')]).toEqual([
    { kind: 'postponed', reason: 'mail_busy' },
    { kind: 'accepted' },
  ])
  expect(await send('busy@example.vn')).toEqual({ kind: 'accepted' })
  expect(simulator.counts().byMessageId.get('dies@example.vn')).toBe(1)
})

test('a hundred at once over four sessions, good and bad ones mixed: each has its own end, none goes twice', async () => {
  const before = simulator.counts()
  const names = Array.from(
    { length: 100 },
    (_, at) => `${['an', 'refused', 'dies', 'policy'][at % 4]}.${at}@example.vn`,
  )
  const ends = await Promise.all(names.map(send))
  const kinds = ends.map(({ kind }) => kind)
  const counted = ['accepted', 'refused', 'unknown'].map((kind) => kinds.filter((one) => one === kind).length)
  expect(counted).toEqual([25, 50, 25])
  expect(simulator.counts()).toMatchObject({ taken: before.taken + 50, doubled: before.doubled })
})

test('a dot at the head of a line arrives as it was', async () => {
  await send('cham@example.vn')
  expect(Buffer.from(simulator.letters().at(-1)?.raw ?? '', 'latin1').toString()).toContain(
    '\r\n\r\n.chấm đầu dòng\r\n',
  )
})

test('what has not begun when time is up is postponed', async () => {
  expect(await office.send(parcel('muon@example.vn'), AbortSignal.abort())).toEqual({
    kind: 'postponed',
    reason: 'mail_no_time',
  })
})

test('a relay that is not there postpones, and one that ended a waiting session is reached by a new one', async () => {
  const first = await startMailSimulator({ port: 0 })
  const own = openPostOffice(relayOfUrl(`smtp://127.0.0.1:${first.port}`), 1)
  expect(await own.send(parcel('mot@example.vn'))).toEqual({ kind: 'accepted' })
  await first.close()
  expect(await own.send(parcel('hai@example.vn'))).toMatchObject({ kind: 'postponed' })
  const second = await startMailSimulator({ port: first.port })
  expect(await own.send(parcel('hai@example.vn'))).toEqual({ kind: 'accepted' })
  expect(second.counts()).toMatchObject({ taken: 1, doubled: 0 })
  await own.close()
  await second.close()
})

test('the address of a relay is read, and a wrong one is told without its secret', () => {
  expect(relayOfUrl('smtps://hoa:b%C3%AD@mail.example.vn')).toEqual({
    host: 'mail.example.vn',
    port: 465,
    secure: true,
    user: 'hoa',
    password: 'bí',
  })
  expect(relayOfUrl('smtp://mail.example.vn').port).toBe(587)
  expect(() => relayOfUrl('http://hoa:bi-mat@mail.example.vn')).toThrow(/^(?!.*bi-mat).*SMTP_URL must look like/)
})

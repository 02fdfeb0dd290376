import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { readReport } from './read-report.ts'
import { writeBounce, writeComplaint } from './simulator/reports.ts'

const REPORTED = {
  returnTo: 'b-x@loa.example',
  reader: 'hoa@example.vn',
  raw: 'Message-ID: <1@loa.example>\r\nSubject: x\r\n\r\nStatus: 9.9.9\r\nAction: failed\r\n',
}

test('a bounce says what failed and why; one that only tells of delay says nothing', () => {
  expect(readReport(writeBounce(REPORTED, 'failed'))).toMatchObject({ kind: 'failed', status: '5.1.1' })
  expect(readReport(writeBounce(REPORTED, 'delayed'))).toBeNull()
})

test('a complaint names where the letter was to come back to', () => {
  expect(readReport(writeComplaint(REPORTED))).toEqual({ kind: 'abuse', returnTo: 'b-x@loa.example' })
})

/** As Postfix writes them, and as Exchange does: packed, folded, in other letters. */
const postfix = (status: string) =>
  [
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="9B7A.1/mx"',
    'MIME-Version: 1.0',
    '',
    'This is a MIME-encapsulated message.',
    '',
    '--9B7A.1/mx',
    'Content-Type: text/plain',
    '',
    'Action: delivered',
    '',
    '--9B7A.1/mx',
    ...status.split('\n'),
    '--9B7A.1/mx--',
    '',
  ].join('\r\n')

test.each([
  [
    'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\nArrival-Date: Wed, 1 Jul 2026 08:00:00 +0700\n\nFinal-Recipient: rfc822; hoa@example.vn\nAction: FAILED\nStatus: 5.2.1 (disabled)\n',
    { kind: 'failed', status: '5.2.1', at: new Date('2026-07-01T01:00:00Z') },
  ],
  [
    `Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Reporting-MTA: dns; mx\r\n\r\nAction: failed\r\nStatus: 4.4.7\r\n').toString('base64')}\n`,
    { kind: 'failed', status: '4.4.7', at: null },
  ],
  [
    'Content-Type: message/global-delivery-status\nContent-Transfer-Encoding: quoted-printable\n\nReporting-MTA: dns; mx\n\nAction: fai=\nled\nStatus: 5=2E1.1\n',
    { kind: 'failed', status: '5.1.1', at: null },
  ],
  ['Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: relayed\nStatus: 2.0.0\n', null],
  ['Content-Type: message/feedback-report\n\nFeedback-Type: not-spam\nVersion: 1\n', null],
  ['Content-Type: message/feedback-report\n\nFeedback-Type: fraud\nVersion: 1\n', { kind: 'abuse', returnTo: null }],
  ['Content-Type: text/plain\n\nAction: failed\n', null],
])('%j is read as %j', (status, report) => {
  const raw = postfix(status)
  expect(readReport(raw)).toEqual(report)
})

test.each([
  'Subject: Vắng mặt\r\nAuto-Submitted: auto-replied\r\n\r\nTôi đi vắng.',
  'Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno boundary',
  'Content-Type: multipart/report; boundary=x\r\n\r\n--x',
  '\r\n\r\n',
  '',
  'x'.repeat(1_000_001),
])('%.60j is no report', (raw) => {
  expect(readReport(raw)).toBeNull()
})

test('anything at all is read without a fault, and in no time', () => {
  const word = fc.constantFrom(
    '\r\n',
    '\n',
    '--x',
    '--x--',
    ': ',
    'Content-Type: ',
    'multipart/report; boundary=x',
    'message/delivery-status',
    'Action: failed',
    '=',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
      const report = readReport(words.join(''))
      expect(report === null || report.kind === 'failed').toBe(true)
    }),
  )
})

test('what the simulator writes is a report to another reader too', async () => {
  const bounce = await simpleParser(writeBounce(REPORTED, 'failed'))
  expect(bounce.text).toMatch(/Final-Recipient: rfc822; hoa@example.vn\s+Action: failed\s+Status: 5\.1\.1/)
  const complaint = await simpleParser(writeComplaint(REPORTED))
  expect(complaint.attachments.map(({ contentType }) => contentType)).toContain('message/feedback-report')
})

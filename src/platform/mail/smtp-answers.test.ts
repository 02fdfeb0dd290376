import { expect, test } from 'vitest'
import { meaningOf, refusal, statusOf, type Phase } from './smtp-answers.ts'

type Case = readonly [
  phase: Phase,
  code: number | null,
  status: string | null,
  kind: string,
  reason: string | undefined,
]

test.each<Case>([
  ['content', 250, '2.0.0', 'accepted', undefined],
  ['recipient', 550, '5.1.1', 'refused', 'mail_no_address'],
  ['recipient', 550, '5.2.1', 'refused', 'mail_no_address'],
  ['recipient', 552, '5.2.2', 'refused', 'mail_full'],
  ['recipient', 550, null, 'refused', 'mail_refused'],
  ['recipient', 550, '5.7.1', 'refused', 'mail_policy'],
  ['content', 554, '5.7.1', 'refused', 'mail_policy'],
  ['content', 552, '5.3.4', 'refused', 'mail_too_large'],
  ['recipient', 451, '4.7.1', 'postponed', 'mail_busy'],
  ['recipient', 421, '4.3.2', 'postponed', 'mail_busy'],
  ['content', 452, '4.2.2', 'postponed', 'mail_not_now'],
  // The relay's quarrel with us is not the reader's fault: a million rows must not fail by one wrong password.
  ['relay', 535, '5.7.8', 'postponed', 'mail_relay_refuses'],
  ['sender', 530, '5.7.0', 'postponed', 'mail_relay_refuses'],
  ['relay', null, null, 'postponed', 'mail_relay_away'],
  ['sender', null, null, 'postponed', 'mail_connection_lost'],
  ['recipient', null, null, 'postponed', 'mail_connection_lost'],
  ['content', null, null, 'unknown', 'mail_lost_in_answer'],
])('in phase %s the answer %s %s means %s', (phase, code, status, kind, reason) => {
  expect(meaningOf({ phase, code, status })).toMatchObject(reason === undefined ? { kind } : { kind, reason })
})

test('only a status that says so takes an address for dead', () => {
  const dead = ['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']
  const living = ['5.0.0', '5.1.7', '5.2.2', '5.2.3', '5.3.4', '5.4.1', '5.6.1', '5.7.1', '5.7.26', '4.1.1', null, 'x']
  expect(dead.map((status) => refusal(status).dead)).not.toContain(false)
  expect(living.map((status) => refusal(status).dead)).not.toContain(true)
})

test('the enhanced code is read where it stands, and nowhere else', () => {
  expect(statusOf('550 5.1.1 <a@b.vn>: no such user')).toBe('5.1.1')
  expect(statusOf('550-5.1.10 first line\n550 5.1.10 second')).toBe('5.1.10')
  expect(statusOf('550 user 5.1.1 unknown')).toBeNull()
  expect(statusOf('')).toBeNull()
})

import { expect, test } from 'vitest'
import { standingOfPlay, whyUnplayed } from './play-standing.ts'

const PLANNED = new Date('2026-11-25T22:00:00Z')
const before = { byHand: false, now: new Date('2026-11-25T21:59:00Z') }
const after = { byHand: false, now: new Date('2026-11-25T22:01:00Z') }
const chosen = { state: 'chosen' as const, plannedAt: PLANNED, reason: '' }
const offered = { state: 'offered' as const, plannedAt: PLANNED, reason: '' }

test('before its moment a play will sound or waits for the commune', () => {
  expect(standingOfPlay(chosen, { expected: 2 }, before)).toBe('coming')
  expect(standingOfPlay(offered, { expected: 2 }, before)).toBe('offered')
})

test('a play whose moment is over never says that it will sound', () => {
  expect(standingOfPlay(chosen, {}, after)).toBe('awaited')
  expect(standingOfPlay(chosen, { expected: 1, offline: 1 }, after)).toBe('awaited')
  expect(standingOfPlay(chosen, { expected: 1, played: 1 }, after)).toBe('played')
  expect(standingOfPlay(chosen, { expected: 1, partial: 1 }, after)).toBe('partial')
  expect(standingOfPlay(chosen, { offline: 2 }, after)).toBe('unplayed')
})

test('what nobody chose in time does not play, but where people play it by hand it is asked for', () => {
  expect(standingOfPlay(offered, { expected: 1 }, after)).toBe('skipped')
  expect(whyUnplayed(offered, { expected: 1 })).toBe('nobody_chose')
  expect(standingOfPlay(offered, { expected: 1 }, { ...after, byHand: true })).toBe('awaited')
})

test('what was taken away and sounded all the same was played', () => {
  const cancelled = { state: 'cancelled' as const, plannedAt: PLANNED, reason: 'recalled' }
  expect(standingOfPlay(cancelled, { cancelled: 1 }, after)).toBe('cancelled')
  expect(standingOfPlay(cancelled, { cancelled: 1, played: 1 }, after)).toBe('played')
})

test('why it was not heard: the words of who left it out, else the gravest end', () => {
  expect(whyUnplayed({ state: 'skipped', reason: 'có đám tang' }, { skipped: 2 })).toBe('có đám tang')
  expect(whyUnplayed(chosen, { offline: 3, failed: 1 })).toBe('play_failed')
  expect(whyUnplayed(chosen, {})).toBe('')
})

import { expect, test } from 'vitest'
import type { Id } from '../kernel/index.ts'
import { onAirAt } from './on-air.ts'
import type { Play } from './programme.ts'

const at = (clock: string) => new Date(`2026-11-02T${clock}Z`)
const play = (id: string, planned: string, given: Partial<Play> = {}): Play => ({
  ...{ id: id as Id<'play'>, plannedAt: at(planned), class: 'ordinary', state: 'chosen', ord: 1, day: '2026-11-02' },
  ...{ stationId: 's' as Id<'outlet'>, broadcastId: 'b' as Id<'broadcast'>, releaseId: 'r' as Id<'release'> },
  ...{
    deliveryId: 'd' as Id<'delivery'>,
    slotId: 'l' as Id<'slot'>,
    decidedBy: null,
    decidedAt: null,
    reason: '',
    offDayId: null,
  },
  ...given,
})
const SLOT = [
  play('second', '10:00:00', { ord: 2 }),
  play('first', '10:00:00', { class: 'priority' }),
  play('left out', '10:00:00', { state: 'skipped' }),
  play('evening', '12:00:00'),
]
const seen = (plays: readonly Play[], clock: string, seconds = 60) => {
  const { sounding, next } = onAirAt(plays, () => seconds, at(clock))
  return [sounding?.play.id ?? null, next?.play.id ?? null]
}

test.each([
  ['09:59:59', null, 'first'],
  ['10:00:00', 'first', 'second'],
  ['10:00:59', 'first', 'second'],
  ['10:01:00', 'second', 'evening'],
  ['10:02:00', null, 'evening'],
  ['12:01:00', null, null],
])('at %s %s sounds and %s comes next', (clock, sounding, next) => {
  expect(seen(SLOT, clock)).toEqual([sounding, next])
})

test('a play says since when it sounds, so that one can listen along', () => {
  const { sounding } = onAirAt(SLOT, () => 60, at('10:01:20'))
  expect([sounding?.from, sounding?.until]).toEqual([at('10:01:00'), at('10:02:00')])
})

test('a warning sounds above what it finds, and what could begin only ten minutes late never does', () => {
  const warning = play('warning', '10:00:30', { class: 'emergency', slotId: null })
  expect(seen([...SLOT, warning], '10:00:45')).toEqual(['warning', 'second'])
  expect(seen(SLOT, '10:11:00', 660)).toEqual([null, 'evening'])
})

import { expect, test } from 'vitest'
import { runSpeakers, speakersLine } from './speakers/run-speakers.ts'

/** `npm run faults` does a thousand. */
const DEVICES = 25
/** Of so few, some fall silent for good here; in other runs by chance none does. */
const SEED = 2

test('three days of devices that lose power, lines, their broker and their time: every play ends once, none sounds twice', () => {
  const run = runSpeakers(SEED, DEVICES, 72, () => {})
  expect(run.wrong, speakersLine(run)).toEqual([])
  expect(run.devices).toBe(DEVICES)
  expect(Object.values(run.states).reduce((sum, count) => sum + count, 0)).toBe(run.planned)
  expect(run.states.played).toBeGreaterThan(run.planned / 4)
  expect(run.states.offline).toBeGreaterThan(0)
})

import { expect, test } from 'vitest'
import { provinceLine, runProvince } from './speakers/run-province.ts'
import { runWarning, warningLine } from './speakers/run-warning.ts'

/** `npm run faults` does a thousand for three days. */
const DEVICES = 8
const HOURS = 30
/** In this one a warning goes out and the hub dies. */
const SEED = 6

test('days of devices over the hub and the ledger: what is kept of every play is what was told, and what was heard', async () => {
  const run = await runProvince(SEED, DEVICES, HOURS, () => {})
  const line = provinceLine(run)
  expect(run.wrong, line).toEqual([])
  expect(
    Object.values(run.states).reduce((sum, count) => sum + count, 0),
    line,
  ).toBe(run.planned)
  expect([run.hubDeaths > 0, run.warnings > 0, run.states.skipped > 0], line).toEqual([true, true, true])
  expect(run.states.played, line).toBeGreaterThan(run.planned / 4)
})

test('a warning cuts what sounds at every device of every station at once, and each is told of as it was', async () => {
  const run = await runWarning(SEED, 30)
  const line = warningLine(run)
  expect(run.wrong, line).toEqual([])
  expect([run.sounding, run.after.length, run.states.preempted, run.states.played], line).toEqual([30, 30, 30, 30])
  expect(run.after.at(-1), line).toBeLessThan(5)
})

import { expect, it } from 'vitest'
import { SLOW_TEXTS } from './slow-texts.builder.ts'
import { read } from './testing.ts'

// A text that takes for ever fails by the time a test is given; how the time grows is measured in bench/plan-read.ts.
it.each(SLOW_TEXTS)('$name made to be slow are read to their end', ({ build }) => {
  const { text, duties } = read(build(1))
  expect(text.length).toBeGreaterThan(50_000)
  for (const { span } of duties) expect(span[1]).toBeLessThanOrEqual(text.length)
})

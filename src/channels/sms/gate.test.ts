import { describe, expect, test } from 'vitest'
import { lapseOf, openGate } from './gate.ts'

const standing = () => lapseOf(new AbortController().signal)
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** How many of so many who come at once are let in at once. */
async function inside(gate: ReturnType<typeof openGate>, many: number): Promise<number> {
  let n = 0
  const lapse = standing()
  for (let at = 0; at < many; at += 1) void gate.enter(lapse).then((may) => (n += may ? 1 : 0))
  await settled()
  return n
}

describe('the gate', () => {
  test('holds no more than its width, whoever calls', async () => {
    const gate = openGate(3, 100_000)
    expect(await inside(gate, 5)).toBe(3)
    gate.leave()
    gate.leave()
    expect(await inside(gate, 1)).toBe(0)
  })

  test('lets a tenth of a second’s worth in at once, the rest as time goes', async () => {
    const gate = openGate(1_000, 50)
    expect(await inside(gate, 20)).toBe(5)
    await expect(gate.enter(standing())).resolves.toBe(true)
  })

  test('turns away at once whoever waits when their claim lapses, and them alone', async () => {
    const gate = openGate(1, 100_000)
    await gate.enter(standing())
    const lapsing = new AbortController()
    const turnedAway = gate.enter(lapseOf(lapsing.signal))
    const waiting = gate.enter(standing())
    lapsing.abort()
    expect(await turnedAway).toBe(false)
    gate.leave()
    expect(await waiting).toBe(true)
  })
})

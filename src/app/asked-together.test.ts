import { expect, test } from 'vitest'
import { askedTogether } from './asked-together.ts'

test('who asks while a round is under way is answered by the next, all in one, and each gets their own', async () => {
  const rounds: (readonly string[])[] = []
  const gates: (() => void)[] = []
  const asked = askedTogether(async (keys) => {
    rounds.push(keys)
    await new Promise<void>((resolve) => gates.push(resolve))
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key} ${rounds.length}`]))
  })
  const first = asked('a')
  const later = ['b', 'a', 'c', 'b', 'nobody'].map((key) => asked(key))
  gates.shift()?.()
  expect(await first).toBe('a 1')
  gates.shift()?.()
  expect(await Promise.all(later)).toEqual(['b 2', 'a 2', 'c 2', 'b 2', null])
  expect(rounds).toEqual([['a'], ['b', 'a', 'c', 'nobody']])
})

test('a round that fails fails for who was in it, and for nobody after', async () => {
  let failing = true
  const asked = askedTogether(async (keys) => {
    if (failing) throw new Error('the database is away')
    return new Map(keys.map((key) => [key, key]))
  })
  await expect(asked('a')).rejects.toThrow('away')
  failing = false
  expect(await asked('a')).toBe('a')
})

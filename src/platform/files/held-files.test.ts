import { expect, test } from 'vitest'
import { heldFiles } from './held-files.ts'

function store(sizes: Readonly<Record<string, number>>) {
  const read: string[] = []
  return {
    read,
    has: async (sha256: string) => sha256 in sizes,
    async get(sha256: string) {
      read.push(sha256)
      return Buffer.alloc(sizes[sha256] ?? 0)
    },
  }
}

test('who asks at the same time shares one reading, and what was read last is not read again', async () => {
  const files = store({ a: 10, b: 10, c: 10 })
  const held = heldFiles(files, 20)
  const [one, two] = await Promise.all([held.bytes('a'), held.bytes('a')])
  expect(one).toBe(two)
  await held.bytes('b')
  await held.bytes('a')
  await held.bytes('c')
  expect(files.read).toEqual(['a', 'b', 'c'])
  await held.bytes('a')
  expect(files.read, 'the least lately asked for went').toEqual(['a', 'b', 'c'])
  await held.bytes('b')
  expect(files.read).toEqual(['a', 'b', 'c', 'b'])
})

test('one that is longer than all that may be held is held alone; one that is not there is looked for each time', async () => {
  const sizes: Record<string, number> = { long: 100 }
  const files = store(sizes)
  const held = heldFiles(files, 20)
  expect((await held.bytes('long'))?.length).toBe(100)
  await held.bytes('long')
  expect(files.read).toEqual(['long'])
  expect(await held.bytes('none')).toBeNull()
  sizes['none'] = 5
  expect((await held.bytes('none'))?.length).toBe(5)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeptPage } from './kept-page.ts'
import { PageShelf } from './page-shelf.ts'

const page = (etag: string, bytes: number): KeptPage => {
  const body = Buffer.alloc(0)
  return { status: 200, headers: [], etag, bodies: { identity: body, gzip: body, br: body }, bytes, mayBeKept: true }
}

test('what was asked for longest ago makes room', () => {
  const shelf = new PageShelf(30)
  for (const key of ['a', 'b', 'c']) shelf.put(key, '1', page(key, 10))
  expect(shelf.get('a', '1')?.etag).toBe('a')
  shelf.put('d', '1', page('d', 10))
  expect(['a', 'b', 'c', 'd'].filter((key) => shelf.get(key, '1'))).toEqual(['a', 'c', 'd'])
})

test('a page too large for all of it is not kept, and drives nothing out', () => {
  const shelf = new PageShelf(30)
  shelf.put('a', '1', page('a', 10))
  shelf.put('b', '1', page('b', 31))
  expect([shelf.get('a', '1')?.etag, shelf.get('b', '1'), shelf.bytes]).toEqual(['a', null, 10])
})

test('whatever is put and asked, it stays within its bytes and gives only what was put under the state asked for', () => {
  const step = fc.record({
    put: fc.boolean(),
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    state: fc.constantFrom('1', '2', '3'),
    bytes: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const shelf = new PageShelf(100)
      const last = new Map<string, string>()
      steps.forEach(({ put, key, state, bytes }, at) => {
        const etag = `${key}/${state}/${at}`
        if (put) {
          shelf.put(key, state, page(etag, bytes))
          last.set(`${key}/${state}`, etag)
        } else {
          const got = shelf.get(key, state)
          if (got) expect(got.etag).toBe(last.get(`${key}/${state}`))
        }
        expect(shelf.bytes).toBeGreaterThanOrEqual(0)
        expect(shelf.bytes).toBeLessThanOrEqual(100)
      })
    }),
  )
})

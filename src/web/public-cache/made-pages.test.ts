import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KeptPage } from './kept-page.ts'
import { madePages } from './made-pages.ts'

const pageOf = (version: number): KeptPage => {
  const body = Buffer.from(String(version))
  const bodies = { identity: body, gzip: body, br: body }
  return { status: 200, headers: [], etag: String(version), bodies, bytes: 1, mayBeKept: true }
}
const versionOf = (page: KeptPage) => Number(page.etag)

/** A portal whose changes are told later than they are made, and pages that read it somewhere on their way. */
function openWorld() {
  let truth = 0
  let told: number | null = 0
  let made = 0
  const under: { read: () => void; finish: () => void }[] = []
  const pages = madePages({
    mostBytes: 1_000,
    current: () => (told === null ? null : { id: String(told), since: new Date(0) }),
    make: () => {
      made += 1
      let seen: number | null = null
      const { promise, resolve } = Promise.withResolvers<KeptPage>()
      const read = () => {
        seen ??= truth
      }
      const finish = () => {
        read()
        resolve(pageOf(seen ?? truth))
      }
      under.push({ read, finish })
      return promise
    },
  })
  return {
    pages,
    under,
    change: () => (truth += 1),
    tell: () => (told = truth),
    forget: () => (told = null),
    told: () => told ?? truth,
    knows: () => told !== null,
    made: () => made,
  }
}

test('a page begun before a change is kept for nobody, though it is finished after', async () => {
  const world = openWorld()
  const early = world.pages.made('/cong')
  world.under[0]?.read()
  world.change()
  world.tell()
  world.under[0]?.finish()
  expect(versionOf(await early)).toBe(0)
  expect(world.pages.kept('/cong')).toBeNull()
  const next = world.pages.made('/cong')
  world.under[1]?.finish()
  expect(versionOf(await next)).toBe(1)
  expect(versionOf(world.pages.kept('/cong')!)).toBe(1)
})

test('who comes while a page is being made gets that one; who comes after a change does not', async () => {
  const world = openWorld()
  const [one, other] = [world.pages.made('/cong'), world.pages.made('/cong')]
  expect([world.made(), one === other]).toEqual([1, true])
  world.change()
  world.tell()
  expect(world.pages.made('/cong')).not.toBe(one)
  expect(world.made()).toBe(2)
})

test('while nobody knows what has changed, nothing kept is shown and nothing is kept', async () => {
  const world = openWorld()
  const first = world.pages.made('/cong')
  world.under[0]?.finish()
  await first
  expect(world.pages.kept('/cong')).not.toBeNull()
  world.forget()
  expect(world.pages.kept('/cong')).toBeNull()
  const second = world.pages.made('/cong')
  world.under[1]?.finish()
  await second
  world.tell()
  expect(versionOf(world.pages.kept('/cong')!)).toBe(0)
  world.forget()
  world.change()
  expect(world.pages.kept('/cong')).toBeNull()
})

test('a fault in making is told to all who wait, and the next one makes it anew', async () => {
  let fails = true
  const pages = madePages({
    mostBytes: 1_000,
    current: () => ({ id: '1', since: new Date(0) }),
    make: async () => {
      if (fails) throw new Error('no database')
      return pageOf(1)
    },
  })
  const both = await Promise.allSettled([pages.made('/cong'), pages.made('/cong')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  expect(versionOf(await pages.made('/cong'))).toBe(1)
})

test('in whatever order changes, news of them and makings fall, no answer is older than what was known when it was asked for', async () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ do: 'ask' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'change' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'tell' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'forget' as const }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), which: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat(2) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), async (steps) => {
      const world = openWorld()
      const promised: { at: number; page: Promise<KeptPage> }[] = []
      for (const one of steps) {
        if (one.do === 'ask') {
          const known = world.told()
          const kept = world.pages.kept('/cong')
          if (kept) {
            expect(world.knows()).toBe(true)
            expect(versionOf(kept)).toBeGreaterThanOrEqual(known)
          } else promised.push({ at: world.knows() ? known : 0, page: world.pages.made('/cong') })
        } else if (one.do === 'read' || one.do === 'finish') world.under.at(-1 - one.which)?.[one.do]()
        else world[one.do]()
        // What follows a finish, follows it before the next step.
        await new Promise((resolve) => setImmediate(resolve))
      }
      for (const { finish } of world.under) finish()
      for (const { at, page } of promised) expect(versionOf(await page)).toBeGreaterThanOrEqual(at)
    }),
    { numRuns: 300 },
  )
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import {
  correctRelease,
  countFollowing,
  deliveriesOf,
  pressRelease,
  recallRelease,
  releasesWhere,
  sendWith,
  type DeliveryState,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, type ReleaseStage } from './release.build.ts'

const OUTLETS = 5
/** Chains of releases in one run of the tests; `LOA_CHAINS` asks for more. */
const CHAINS = Number(process.env['LOA_CHAINS'] ?? 12)

let stage: ReleaseStage
let messages: Id<'message'>[]
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openReleaseStage(clock, machines(OUTLETS))
  sendWith({ channel: 'portal', withdraws: true, repeatable: true, batch: 10, send: async () => [] })
  messages = [await stage.approved(), await stage.approved(), await stage.approved()]
})
afterAll(() => stage.database.close())

/** How a row may stand when something takes the place of its release. */
const STANDS = [
  ['planned', ''],
  ['due', 'busy'],
  ['claimed', ''],
  ['accepted', ''],
  ['delivered', ''],
  ['unknown', 'no_answer'],
  ['failed', 'gone'],
  ['expired', ''],
  ['cancelled', 'approval_void'],
  ['cancelled', 'Nhầm'],
] as const satisfies readonly (readonly [DeliveryState, string])[]
type Stands = (typeof STANDS)[number]
const LEFT: readonly string[] = ['claimed', 'accepted', 'delivered', 'unknown']

/** What is known of one outlet by the rule alone: whether it has, or may have, anything of the chain; whether it still waits. */
interface Known {
  readonly has: boolean
  readonly waits: boolean
}

function after(known: Known, stands: Stands | undefined): Known {
  if (!stands) return known
  const [state, reason] = stands
  const waits = state === 'planned' || state === 'due' || reason === 'approval_void'
  return { has: known.has || LEFT.includes(state), waits }
}

const rowsOf = (releaseId: Id<'release'>) =>
  deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)

/** Brings the rows of a release to where they are to stand, as workers and people would have. */
async function bring(releaseId: Id<'release'>, stands: readonly Stands[]): Promise<ReadonlyMap<string, Stands>> {
  const brought = new Map<string, Stands>()
  for (const [at, { id, code }] of (await rowsOf(releaseId)).entries()) {
    const to = stands[at]!
    const [state, reason] = to
    await stage.ctx.db
      .updateTable('delivery')
      .set({ state, reason })
      .where('releaseId', '=', releaseId)
      .where('id', '=', id)
      .execute()
    brought.set(code, to)
  }
  return brought
}

const anyStands = fc.array(fc.constantFrom(...STANDS), { minLength: OUTLETS, maxLength: OUTLETS })

test(
  'what takes the place of a release, and its recall, reach exactly those who have it, each once, and tell them rightly',
  { timeout: 300_000 },
  () =>
    fc.assert(
      fc.asyncProperty(anyStands, anyStands, anyStands, async (first, second, third) => {
        let of = await start()
        let known = new Map((await rowsOf(of)).map(({ code }) => [code, { has: false, waits: true }]))
        for (const [step, stands] of [first, second, third].entries()) {
          const brought = await bring(of, stands)
          known = new Map([...known].map(([code, one]) => [code, after(one, brought.get(code))]))
          if (step === 2) return expectRecall(of, known)
          const next = await follow(of, messages[step + 1]!, known)
          if (!next) return
          of = next
        }
      }),
      { numRuns: CHAINS },
    ),
)

test('a recall does not overtake what a worker may still be sending of what the recalled release took the place of', async () => {
  const first = await start()
  const leaseUntil = new Date('2026-11-24T02:00:50Z')
  await bring(first, Array(OUTLETS).fill(['claimed', '']))
  await stage.ctx.db.updateTable('delivery').set({ leaseUntil }).where('releaseId', '=', first).execute()
  const releaseId = await correctRelease(stage.writer, { releaseId: first, messageId: messages[1]!, words: 'Thay' })
  await pressRelease(stage.leader, { releaseId })
  await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ xuống' })
  const [recall] = await releasesWhere(stage.ctx.db, messages[1]!, null, 1)
  const rows = await rowsOf(recall!.id)
  expect(rows.map(({ dueAt }) => dueAt)).toEqual(Array(OUTLETS).fill(leaseUntil))
  await stage.ctx.db.updateTable('delivery').set({ state: 'unknown' }).where('releaseId', '=', first).execute()
})

async function start(): Promise<Id<'release'>> {
  const wish = { channels: ['portal' as const], startsAt: new Date('2026-11-24T00:00:00Z'), words: 'Đăng' }
  return stage.released({ ...wish }, messages[0])
}

/** Puts a message in the place of a release; null where nobody is left to tell, which is refused. */
async function follow(
  of: Id<'release'>,
  messageId: Id<'message'>,
  known: ReadonlyMap<string, Known>,
): Promise<Id<'release'> | null> {
  const expected = [...known].filter(([, { has, waits }]) => has || waits)
  const counted = (await countFollowing(stage.ctx.db, of)).reduce((sum, one) => sum + one.have + one.waiting, 0)
  expect(counted).toBe(expected.length)
  const releaseId = await correctRelease(stage.writer, { releaseId: of, messageId, words: 'Thay bản cũ' })
  if (expected.length === 0) {
    await expect(pressRelease(stage.leader, { releaseId })).rejects.toMatchObject({ code: 'release.nobody' })
    return null
  }
  await pressRelease(stage.leader, { releaseId })
  const rows = await rowsOf(releaseId)
  expect(rows.map(({ code, corrects }) => [code, corrects])).toEqual(expected.map(([code, { has }]) => [code, has]))
  const waiting = (await rowsOf(of)).filter(({ state }) => state === 'planned' || state === 'due')
  expect(waiting).toEqual([])
  return releaseId
}

async function expectRecall(of: Id<'release'>, known: ReadonlyMap<string, Known>): Promise<void> {
  const expected = [...known].filter(([, { has }]) => has).map(([code]) => code)
  expect(await recallRelease(stage.leader, { releaseId: of, reason: 'Sai', words: 'Gỡ xuống' })).toBe(expected.length)
  const [recall] = await releasesWhere(stage.ctx.db, messages[2]!, null, 1)
  expect((await rowsOf(recall!.id)).map(({ code }) => code)).toEqual(expected)
}

import type { Id } from '../../src/core/kernel/index.ts'
import { asSystem, Refusal } from '../../src/core/kernel/index.ts'
import {
  arithmeticOf,
  countsOf,
  ledgerWork,
  pressRelease,
  proposeRelease,
  type LedgerWork,
} from '../../src/core/release/index.ts'
import { ledgerRows, withFollowers } from '../ledger-rows.ts'
import { judge, type Verdict } from '../verdict.ts'
import { inLife, Life, live, type Ending } from './fate.ts'
import { peopleAct } from './people.ts'
import { wishOf, type Act, type Plot } from './plots.ts'
import { isRepeatable, START, type World } from './world.ts'

/** Rounds in which workers die; then all faults are over. */
const ROUNDS_OF_DEATH = 40
/** Rounds within which everything must have come to its end without them. */
const ROUNDS_OF_PEACE = 400
/** How far the clock goes on in each round in which nothing moved: over leases, questions, waits, receipts that never come. */
const STEPS_SECONDS = [1, 61, 61, 301, 3_601, 61, 90_000, 61, 180_000]

/** Decides how each life of a piece of work ends, and hears how it did. */
export interface Fates {
  ending(piece: string): Ending
  ended(piece: string, died: boolean, moved: number): void
}

/** Plays one story to its end, through the deaths of its workers, and judges it by what was counted at the receivers. */
export async function playStory(world: World, plot: Plot, fates: Fates): Promise<Verdict> {
  const { stage, clock, random } = world
  clock.set(new Date(START).toISOString())
  const releaseId = await released(world, plot)
  const acts = plot.acts.map((act) => ({ act, over: false }))
  world.later(1)
  for (let round = 0; round < ROUNDS_OF_DEATH; round += 1) {
    for (const one of acts) {
      if (!one.over && one.act.atRound <= round)
        one.over = await perform(world, one.act, releaseId, fates.ending('people'))
    }
    await oneRound(world, fates)
    if (random.chance(0.3)) await peopleAct(world, releaseId)
    world.later(random.pick([0, 0, 1, 5, 20, 61, 61]))
  }
  for (const { act, over } of acts) if (!over) await perform(world, act, releaseId, null)
  await liveInPeace(world, releaseId)
  const { db } = stage.ctx
  const rows = await ledgerRows(db, await withFollowers(db, [releaseId]))
  return judge(rows, world.receiver.taken, isRepeatable, (row) => row.stopped !== 'over' || isRepeatable(row.channel))
}

/** An emergency is proposed by who leads; whoever proposes, another presses. */
async function released({ stage }: World, plot: Plot): Promise<Id<'release'>> {
  const wish = wishOf(plot)
  if (wish.lane !== 'emergency') return stage.released(wish)
  const releaseId = await proposeRelease(stage.leader, { ...wish, messageId: await stage.approved(wish.channels) })
  await pressRelease(stage.writer, { releaseId })
  return releaseId
}

/** Three workers at once, each at some piece of the work, and a centre that speaks of what it took. */
async function oneRound(world: World, fates: Fates): Promise<void> {
  const pieces = world.random.shuffled(ledgerWork()).slice(0, 3)
  await Promise.all([...pieces.map((piece) => workOnce(world, piece, fates)), speakOnce(world, fates)])
}

async function workOnce({ stage }: World, { name, run }: LedgerWork, fates: Fates): Promise<void> {
  const life = new Life(fates.ending(name))
  const { died, result } = await live(life, () => run(inLife(asSystem(stage.ctx, 'ledger'), life)))
  fates.ended(name, died, result ?? 0)
}

async function speakOnce({ stage, centre, random }: World, fates: Fates): Promise<void> {
  if (!random.chance(0.5)) return
  const life = new Life(fates.ending('receipts'))
  const { died } = await live(life, () => centre.speak(inLife(stage.ctx, life), life, 0.3))
  fates.ended('receipts', died, 1)
}

/** A person acts; when it dies in the midst the person does it again. True when it is done. */
async function perform(world: World, act: Act, releaseId: Id<'release'>, ending: Ending): Promise<boolean> {
  const life = new Life(ending)
  try {
    const { died } = await live(life, () => act.run(world, life, releaseId))
    return !died
  } catch (thrown) {
    if (thrown instanceof Refusal && act.done.includes(thrown.code)) return true
    throw thrown
  }
}

/** No faults any more: everything must come to its end by itself, but for what people have to do. */
async function liveInPeace(world: World, releaseId: Id<'release'>): Promise<void> {
  const { stage, centre } = world
  let still = 0
  for (let round = 0; round < ROUNDS_OF_PEACE; round += 1) {
    const life = new Life(null)
    const ctx = inLife(asSystem(stage.ctx, 'ledger'), life)
    let moved = 0
    for (const { run } of ledgerWork()) moved += await run(ctx)
    await centre.speak(ctx, life, 1)
    const releases = await withFollowers(stage.ctx.db, [releaseId])
    for (const id of releases) moved += await peopleAct(world, id)
    if (moved > 0) still = 0
    else if (await isOver(world, releases)) return
    else world.later(STEPS_SECONDS[still++ % STEPS_SECONDS.length] ?? 61)
  }
}

async function isOver({ stage, centre }: World, releases: readonly Id<'release'>[]): Promise<boolean> {
  if (!centre.silent) return false
  for (const id of releases) {
    const sum = arithmeticOf(await countsOf(stage.ctx.db, id))
    if (sum.planned > 0 && !sum.finished) return false
  }
  return true
}

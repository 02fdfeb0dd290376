import type { Id } from '../../src/core/kernel/index.ts'
import { asSystem, Refusal } from '../../src/core/kernel/index.ts'
import { ledgerWork, pressRelease, proposeRelease, type LedgerWork } from '../../src/core/release/index.ts'
import { ledgerRows, nextMoment, withFollowers } from '../ledger-rows.ts'
import { isRepeatable } from '../province.ts'
import { judge, type Verdict } from '../verdict.ts'
import { inLife, Life, live, type Ending } from './fate.ts'
import { peopleAct } from './people.ts'
import { wishOf, type Act, type Plot } from './plots.ts'
import { START, type World } from './world.ts'

/** Rounds within which everything must have come to its end without them. */
const ROUNDS_OF_PEACE = 400
/** Rounds in which nothing moves and nothing is to come, after which a release is as it will stay. */
const STILL_ROUNDS = 3

/** Decides how each life of a piece of work ends, and hears how it did. */
export interface Fates {
  ending(piece: string): Ending
  ended(piece: string, died: boolean, moved: number): void
}

/**
 * Plays one story to its end, through so many rounds in which workers die, and then without any fault; judges it by what
 * was counted at the receivers.
 */
export async function playStory(world: World, plot: Plot, fates: Fates, rounds: number): Promise<Verdict> {
  const { stage, clock, random } = world
  clock.set(new Date(START).toISOString())
  const releaseId = await released(world, plot)
  const acts = plot.acts.map((act) => ({ act, over: false }))
  world.later(1)
  for (let round = 0; round < rounds; round += 1) {
    for (const one of acts.filter(({ over }) => !over)) {
      if (one.act.atRound <= round) one.over = await perform(world, one.act, releaseId, fates.ending('people'))
      // Nobody takes up again what they have not yet come to pause.
      if (!one.over) break
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
  const { stage, centre, clock } = world
  const life = new Life(null)
  const ctx = inLife(asSystem(stage.ctx, 'ledger'), life)
  const work = ledgerWork().filter(({ name }) => !name.endsWith(':emergency'))
  let still = 0
  for (let round = 0; round < ROUNDS_OF_PEACE && still < STILL_ROUNDS; round += 1) {
    let moved = 0
    for (const { run } of work) moved += await run(ctx)
    await centre.speak(ctx, life, 1)
    const releases = await withFollowers(stage.ctx.db, [releaseId])
    for (const id of releases) moved += await peopleAct(world, id)
    still = moved > 0 || !centre.silent ? 0 : still + 1
    if (still === 0) continue
    const next = await nextMoment(stage.ctx.db, releases, clock.now())
    if (!next) continue
    clock.set(new Date(next.getTime() + 1).toISOString())
    still = 0
  }
}

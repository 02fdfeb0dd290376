import type { Ctx, Db } from '../../src/core/kernel/index.ts'
import type { Random } from '../random.ts'

/** A worker is gone between two statements, or between two calls. */
export class Death extends Error {
  constructor() {
    super('the worker is gone')
  }
}

/** How one life of a worker ends: at its n-th fault point, by chance at any, or not at all. */
export type Ending = { readonly atPoint: number } | { readonly by: Random; readonly chance: number } | null

/** One life of a worker. Once it is over nothing of it goes on, whatever it had under way side by side. */
export class Life {
  dead = false
  points = 0
  readonly #ending: Ending

  constructor(ending: Ending) {
    this.#ending = ending
  }

  /** A fault point: before and after each statement, before and after each call. */
  point(): void {
    if (this.dead) throw new Death()
    this.points += 1
    const ending = this.#ending
    if (ending === null) return
    this.dead = 'atPoint' in ending ? this.points === ending.atPoint : ending.by.chance(ending.chance)
    if (this.dead) throw new Death()
  }
}

export interface MortalCtx extends Ctx {
  readonly life: Life
}

/** The same context in one life: each of its statements may be the last, before it is sent or after it was done. */
export function inLife(ctx: Ctx, life: Life): MortalCtx {
  return { ...ctx, db: mortal(ctx.db, life), life }
}

function mortal(db: Db, life: Life): Db {
  return db.withPlugin({
    transformQuery: ({ node }) => {
      life.point()
      return node
    },
    transformResult: async ({ result }) => {
      life.point()
      return result
    },
  })
}

/** The life a sender is called in. A context without one cannot die. */
export function lifeOf(ctx: Ctx): Life {
  return 'life' in ctx && ctx.life instanceof Life ? ctx.life : new Life(null)
}

/** Lives one life of some work: true when it died of it. */
export async function live<T>(life: Life, work: () => Promise<T>): Promise<{ died: boolean; result: T | null }> {
  try {
    const result = await work()
    return { died: life.dead, result }
  } catch (thrown) {
    // What dies side by side with it may be heard of first, as a refusal to work in an ended transaction.
    if (life.dead) return { died: true, result: null }
    throw thrown
  }
}

import { guidedVisit } from '#app/guided-visit.ts'
import { waitingForActor } from '#app/today.ts'
import { dayAt, daysBetween } from '#core/kernel/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const today = dayAt(ctx.clock.now())
  const waiting = await waitingForActor(ctx)
  const steps = await guidedVisit(ctx)
  return {
    today,
    visit: steps && {
      all: steps.length,
      gone: steps.filter(({ gone }) => gone).length,
      next: steps.find(({ gone }) => !gone)?.step ?? null,
    },
    waiting: waiting.map(({ wording, facts, path, due }) => ({
      words: w(wording, facts),
      path,
      due,
      daysLeft: due === null ? null : daysBetween(today, due),
    })),
  }
}

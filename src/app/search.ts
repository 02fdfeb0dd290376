import type { Ctx } from '../core/kernel/index.ts'
import { factsLike } from '../core/fact/index.ts'
import { messagesWhere } from '../core/message/index.ts'
import { searchOrganisations } from '../core/organisation/index.ts'
import { searchPlaces } from '../core/place/index.ts'
import { campaignsLike, plansLike } from '../core/plan/index.ts'
import { searchTasks } from '../core/task/index.ts'

export interface Hit {
  readonly kind: 'message' | 'plan' | 'campaign' | 'task' | 'organisation' | 'place' | 'fact'
  readonly title: string
  readonly detail: string
  readonly path: string
}

const LIMIT = 10

/** Searches everything the person may see, without diacritics; at most ten of each kind. */
export async function searchEverything(ctx: Ctx, words: string): Promise<Hit[]> {
  if (words.trim().length < 2) return []
  const { db } = ctx
  const plans = await plansLike(db, words, LIMIT)
  const campaigns = await campaignsLike(db, words, LIMIT)
  const messages = await messagesWhere(db, { words }, null, LIMIT)
  const tasks = await searchTasks(db, ctx.actor, words, LIMIT)
  const organisations = await searchOrganisations(db, words, LIMIT)
  const places = await searchPlaces(db, words, LIMIT)
  const facts = await factsLike(db, words, LIMIT)
  return [
    ...plans.map((plan) => hit('plan', plan.title ?? plan.fileName, plan.notation ?? '', `/plans/${plan.id}`)),
    ...campaigns.map((campaign) => hit('campaign', campaign.name, '', `/campaigns/${campaign.id}`)),
    ...messages.map((message) => hit('message', message.workingTitle, '', `/messages/${message.id}`)),
    ...tasks.map((task) => hit('task', task.title, task.clause ?? '', `/tasks/${task.id}`)),
    ...organisations.map((body) => hit('organisation', body.name, body.code, `/organisations/${body.code}`)),
    ...places.map((place) => hit('place', place.name, place.code, `/places/${place.code}`)),
    ...facts.map((fact) => hit('fact', fact.name, fact.value, `/facts/${encodeURIComponent(fact.code)}`)),
  ]
}

function hit(kind: Hit['kind'], title: string, detail: string, path: string): Hit {
  return { kind, title, detail, path }
}

import { BREAKDOWNS, proofOfTask, type Count } from '#core/evidence/index.ts'
import { Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import { taskById, type Task } from '#core/task/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { placesNamed } from '#web/forms/named.ts'
import { givenId } from '#web/lib/given-id.ts'

/** What the form of an activity says, in the fields of the plain form and of what the queue of a device sends alike. */
export async function activityOfForm(ctx: Ctx, data: FormData) {
  const task = await taskOf(ctx, data)
  const organisationId = task?.organisationId ?? givenId<'organisation'>(fieldOf(data, 'organisationId'))
  if (!organisationId) throw new Refusal('input.required', {}, 'organisationId')
  return {
    ...(await aboutOfForm(ctx, data, { organisationId, task })),
    activityId: fieldOf(data, 'activityId'),
    organisationId,
    taskId: task?.id ?? null,
    campaignId: givenId<'campaign'>(fieldOf(data, 'campaignId')),
    links: fieldOf(data, 'links').split(/\s+/).filter(Boolean),
    finishes: data.has('finishes'),
  }
}

/** What may be said otherwise until it is accepted. */
export async function aboutOfForm(
  ctx: Ctx,
  data: FormData,
  { organisationId, task }: { readonly organisationId: Id<'organisation'>; readonly task: Task | null },
) {
  return {
    kind: fieldOf(data, 'kind'),
    placeId: await placeOf(ctx, fieldOf(data, 'place'), organisationId, task),
    day: fieldOf(data, 'day'),
    beganAt: fieldOf(data, 'beganAt').slice(0, 5) || null,
    spot: fieldOf(data, 'spot'),
    topic: fieldOf(data, 'topic'),
    note: fieldOf(data, 'note'),
    audience: fieldOf(data, 'audience'),
    language: fieldOf(data, 'language') || 'vi',
    themeId: givenId<'campaign_part'>(fieldOf(data, 'themeId')),
    counts: countsOfForm(data),
  }
}

async function taskOf(ctx: Ctx, data: FormData): Promise<Task | null> {
  const given = fieldOf(data, 'taskId')
  if (given === '') return null
  const id = givenId<'task'>(given)
  const task = id && (await taskById(ctx.db, id))
  if (!task) throw new Refusal('evidence.no_such_task', {}, 'taskId')
  return task
}

/** The place as typed; where that is none, or the one the form offered, where the task says or the body is. */
async function placeOf(
  ctx: Ctx,
  typed: string,
  organisationId: Id<'organisation'>,
  task: Task | null,
): Promise<Id<'place'>> {
  const offered = await placeOffered(ctx, organisationId, task)
  const name = typed.normalize('NFC').trim()
  if (name === '' || name === (await placeById(ctx.db, offered))?.name) return offered
  const [named] = await placesNamed(ctx, name, 'place')
  return named ?? offered
}

async function placeOffered(ctx: Ctx, organisationId: Id<'organisation'>, task: Task | null): Promise<Id<'place'>> {
  if (task) return (await proofOfTask(ctx, task)).placeId
  const [body] = await organisationsWhere(ctx.db, [organisationId])
  if (!body) throw new Refusal('input.required', {}, 'organisationId')
  return body.placeId
}

const FIELD = /^(?:count_([a-z0-9_]+)|part_([a-z0-9_]+):([a-z_]+):([a-z0-9_]+))$/

/** The numbers of a form: `count_<indicator>` for all, `part_<indicator>:<breakdown>:<part>` for a part, `estimated_<indicator>` where guessed. */
export function countsOfForm(data: FormData): Count[] {
  return [...data].flatMap(([name, value]): Count[] => {
    const found = FIELD.exec(name)
    if (!found || typeof value !== 'string' || value.trim() === '') return []
    const indicator = found[1] ?? found[2] ?? ''
    const breakdown = BREAKDOWNS.find((one) => one === found[3]) ?? 'all'
    const estimated = data.has(`estimated_${indicator}`)
    // A thousand is typed `1.000` as often as `1000`.
    const number = Number(value.trim().replace(/[.\s](?=\d{3}(\D|$))/g, ''))
    return [{ indicator, breakdown, part: found[4] ?? '', value: number, estimated }]
  })
}

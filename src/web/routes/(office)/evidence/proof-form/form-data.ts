import {
  bodiesHeld,
  inUse,
  kindForChannels,
  lastSpot,
  proofOfTask,
  readCatalogue,
  sendActivity,
  SENDERS,
  type Catalogue,
} from '#core/evidence/index.ts'
import { dayAt, newId, type Ctx, type Id } from '#core/kernel/index.ts'
import { MESSAGE_LANGUAGES, messageById } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById, placesAsOf } from '#core/place/index.ts'
import { campaigns } from '#core/plan/index.ts'
import { tasksWhere, type Task } from '#core/task/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'

/** A phone's list of tasks is no longer: what is due first stands first. */
const MOST_TASKS = 30
/** Names offered while one types a place. */
const MOST_PLACES = 400

/** A task as the form knows it: all that the officer need not type. */
export interface TaskOfForm {
  readonly id: Id<'task'>
  readonly title: string
  readonly kind: string
  readonly place: string
  readonly spot: string
  readonly topic: string
  readonly closes: boolean
}

/** All that the form of an activity shows: for one task, or with the person's open tasks to choose from. */
export async function formData(ctx: Ctx, w: Words, url: URL, task: Task | null) {
  const catalogue = await readCatalogue(ctx.db)
  const today = dayAt(ctx.clock.now())
  const held = task ? [task.organisationId] : bodiesHeld(ctx, SENDERS)
  const bodies = (await organisationsWhere(ctx.db, held)).filter((body) => task || body.aliveTo === null)
  const tasks = task ? [] : await openTasks(ctx, catalogue, held)
  const own = task && (await taskOfForm(ctx, catalogue, task))
  const kinds = inUse(catalogue.kinds, today)
  const asked = kinds.find(({ code }) => code === url.searchParams.get('kind'))?.code
  const kind = asked ?? own?.kind ?? kinds[0]?.code ?? ''
  const [body] = bodies
  const refusal = body ? await whyNotSend(ctx, body.id) : null
  return {
    activityId: newId<'activity'>(),
    personId: ctx.actor.kind === 'person' ? ctx.actor.personId : '',
    task: own,
    tasks,
    kind,
    kinds: kinds.map(({ code, name, indicators }) => ({ code, name, indicators })),
    indicators: inUse(catalogue.indicators, today),
    parts: inUse(catalogue.parts, today),
    bodies: bodies.map(({ id, name }) => ({ value: id, name })),
    place: own?.place ?? (body ? ((await placeById(ctx.db, body.placeId))?.name ?? '') : ''),
    places: (await placesAsOf(ctx.db, today)).slice(0, MOST_PLACES).map(({ code, name }) => ({ code, name })),
    spot: own?.spot || (body ? await lastSpot(ctx.db, body.id, kind) : ''),
    topic: own?.topic ?? '',
    campaigns: (await campaigns(ctx.db)).map(({ id, name }) => ({ value: id, name })),
    languages: MESSAGE_LANGUAGES.map(({ tag, ownName }) => ({ value: tag, name: ownName })),
    today,
    whyNot: body ? refusal && sentenceOf(w, refusal) : w('evidence_no_body'),
  }
}

export type ProofFormData = Awaited<ReturnType<typeof formData>>

async function openTasks(ctx: Ctx, catalogue: Catalogue, held: readonly Id<'organisation'>[]): Promise<TaskOfForm[]> {
  const open = await tasksWhere(ctx.db, { organisations: held, states: ['set', 'accepted'] }, null, MOST_TASKS)
  const known: TaskOfForm[] = []
  for (const task of open) known.push(await taskOfForm(ctx, catalogue, task))
  return known
}

async function taskOfForm(ctx: Ctx, catalogue: Catalogue, task: Task): Promise<TaskOfForm> {
  const proof = await proofOfTask(ctx, task)
  const message = proof.messageId && (await messageById(ctx.db, proof.messageId))
  const place = await placeById(ctx.db, proof.placeId)
  return {
    id: task.id,
    title: task.title,
    kind: proof.kind ?? kindForChannels(catalogue.kinds, task.channels)?.code ?? 'other',
    place: place?.name ?? '',
    spot: proof.spot,
    topic: message ? message.workingTitle : '',
    closes: proof.closes,
  }
}

function whyNotSend(ctx: Ctx, organisationId: Id<'organisation'>) {
  // Who may is asked of the body alone; the rest of the input is not looked at.
  return sendActivity.whyNot(ctx, { organisationId } as Parameters<typeof sendActivity.whyNot>[1])
}

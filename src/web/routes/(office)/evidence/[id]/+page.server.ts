import { actorWords } from '#app/wording/actor-words.ts'
import { sentenceOf } from '#app/wording/words.ts'
import {
  activityToShow,
  amendActivity,
  answerFinding,
  eventsOfActivity,
  findingsOf,
  openUploads,
  readCatalogue,
  whyLocked,
  whyNotAccept,
  whyNotActivity,
  whyNotReturn,
  type Activity,
} from '#core/evidence/index.ts'
import type { Ctx, Refusal } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { taskById } from '#core/task/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { countWords } from '../count-words.ts'
import { deeds } from './deeds.ts'
import { shownFinding } from './shown-finding.ts'
import { shownProofs } from './shown-proofs.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w, language }, params }) => {
  const activity = await activityToShow(ctx, givenId<'activity'>(params.id))
  const catalogue = await readCatalogue(ctx.db)
  const kind = catalogue.kinds.find(({ code }) => code === activity.kind)
  const bodies = await organisationsWhere(ctx.db, [activity.organisationId, activity.owedTo])
  const nameOf = (id: string) => bodies.find((body) => body.id === id)?.name ?? ''
  const { taskId, messageId, campaignId } = activity
  const task = taskId && (await taskById(ctx.db, taskId))
  const message = messageId && (await messageById(ctx.db, messageId))
  const campaign = campaignId && (await campaignById(ctx.db, campaignId))
  const findings = await findingsOf(ctx.db, activity.id)
  const refusals = await whyNotOf(ctx, activity)
  return {
    activity,
    title: kind?.name ?? activity.kind,
    place: (await placeById(ctx.db, activity.placeId))?.name ?? '',
    body: nameOf(activity.organisationId),
    owedTo: nameOf(activity.owedTo),
    task: task && { id: task.id, title: task.title },
    message: message && { id: message.id, title: message.workingTitle },
    campaign: campaign && { id: campaign.id, name: campaign.name },
    numbers: countWords(activity.counts, catalogue, language),
    parts: partsOf(activity, catalogue),
    proofs: await shownProofs(ctx, activity),
    uploads: (await openUploads(ctx.db, activity.id)).map(({ id, fileName, refusal: code, refusalFacts: facts }) => ({
      id,
      fileName,
      refusal: code && sentenceOf(w, { code, facts }),
    })),
    findings: findings.map((finding) => shownFinding(w, finding)),
    events: (await eventsOfActivity(ctx.db, activity.id)).map((event) => ({
      ...event,
      what: w(`evidence_event_${event.kind}`),
      actor: actorWords(w, event.actor),
    })),
    whyNot: Object.fromEntries(
      Object.entries(refusals).map(([deed, refusal]) => [deed, refusal && sentenceOf(w, refusal)]),
    ) as Record<keyof typeof refusals, string | null>,
  }
}

export const actions: Actions = deeds

/** What stands in this person's way of each deed: the state first, then who they are, then a closed period. */
async function whyNotOf(ctx: Ctx, activity: Activity) {
  const { id: activityId } = activity
  const locked = await whyLocked(ctx, activity, [activity.day])
  const own = await amendActivity.whyNot(ctx, { activityId } as Parameters<typeof amendActivity.whyNot>[1]) // who may depends on the activity alone
  return {
    accept: (await whyNotAccept(ctx, activity)) ?? locked,
    return: (await whyNotReturn(ctx, activity)) ?? locked,
    answer:
      (await answerFinding.whyNot(ctx, { activityId, code: 'same_photo', key: '', answer: '', revision: null })) ??
      locked,
    amend: whyNotActivity(activity, 'amend') ?? own ?? locked,
    attach: whyNotActivity(activity, 'attach') ?? own ?? locked,
    withdraw: whyNotActivity(activity, 'withdraw') ?? own ?? locked,
  } satisfies Record<string, Refusal | null>
}

/** The counts of parts of the people, by what they are told apart. */
function partsOf({ counts }: Activity, { parts, indicators }: Awaited<ReturnType<typeof readCatalogue>>) {
  return counts
    .filter(({ breakdown }) => breakdown !== 'all')
    .map(({ indicator, breakdown, part, value }) => ({
      indicator: indicators.find(({ code }) => code === indicator)?.name ?? indicator,
      part: parts.find((one) => one.breakdown === breakdown && one.code === part)?.name ?? part,
      value,
    }))
}

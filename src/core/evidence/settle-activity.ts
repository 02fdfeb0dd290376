import { dayAt, timeAt, type Ctx, type Day, type Id } from '../kernel/index.ts'
import { locationOf, mediaById, mediaLike } from '../media/index.ts'
import { placeById } from '../place/index.ts'
import { periodsOf } from '../plan/index.ts'
import { taskById } from '../task/index.ts'
import { activityById, lockActivity, updateActivity } from './activity.store.ts'
import { gradeOf, type Activity } from './activity.ts'
import type { Catalogue } from './catalogue.ts'
import { readCatalogue } from './catalogue.store.ts'
import { recount } from './fact.store.ts'
import { copiesSince, waysOf } from './copied-counts.ts'
import { checkActivity, checkCopies, COPIES, type Ground, type PhotoSeen } from './finding.ts'
import { activitiesNaming, findingsOf, replaceFindings } from './finding.store.ts'
import { proofsOf, setDoubtful, shownBefore } from './proof.store.ts'
import { sameCountsAs } from './same-counts.store.ts'

/** Pictures alike that are looked through for one that shows another activity: a burst of one scene is not many more. */
const MOST_ALIKE = 50
/** A village, its commune, its province and its country. */
const MOST_LEVELS = 5

/**
 * Brings what follows from an activity to what it says by now: findings, grade and facts. Whatever changes an activity
 * ends with this, in the same transaction.
 */
export async function settleActivity(ctx: Ctx, activityId: Id<'activity'>): Promise<Activity> {
  const activity = await lockActivity(ctx.db, activityId)
  if (!activity) throw new Error(`activity ${activityId} is gone; activities are never erased`)
  const now = ctx.clock.now()
  const catalogue = await readCatalogue(ctx.db)
  const ground = await groundOf(ctx, activity, catalogue)
  await replaceFindings(ctx.db, activityId, checkActivity(activity, ground), now)
  await doubtPictures(ctx, activityId)
  const grade = gradeOf(await proofsOf(ctx.db, activityId))
  if (grade !== activity.grade) await updateActivity(ctx.db, activityId, { grade })
  const settled = { ...activity, grade, revision: activity.revision + (grade === activity.grade ? 0 : 1) }
  await recount(ctx.db, settled, catalogue.kinds.find(({ code }) => code === settled.kind)?.channel ?? 'other', now)
  return settled
}

/**
 * Looks anew at those that were held to have copied an activity, when that says something else by now. Their rows are not
 * locked: two that name each other, amended at once, would wait for one another.
 */
export async function recheckCopiesOf(ctx: Ctx, activityId: Id<'activity'>): Promise<void> {
  const catalogue = await readCatalogue(ctx.db)
  for (const id of await activitiesNaming(ctx.db, activityId, COPIES)) {
    const activity = await activityById(ctx.db, id)
    if (!activity) continue
    const same = await sameCountsAs(ctx.db, activity, copiesSince(activity.day))
    const found = checkCopies({ ways: waysOf(activity.counts, catalogue), same })
    await replaceFindings(ctx.db, id, found, ctx.clock.now(), COPIES)
  }
}

/** A picture that shows another activity documents this one only once somebody has answered for it. */
async function doubtPictures(ctx: Ctx, activityId: Id<'activity'>): Promise<void> {
  const open = (await findingsOf(ctx.db, activityId)).filter(
    ({ code, answer }) => code === 'same_photo' && answer === null,
  )
  await setDoubtful(
    ctx.db,
    activityId,
    open.map(({ key }) => key as Id<'media'>), // the key of `same_photo` is the picture
  )
}

async function groundOf(ctx: Ctx, activity: Activity, catalogue: Catalogue): Promise<Ground> {
  const task = activity.taskId && (await taskById(ctx.db, activity.taskId))
  return {
    receivedOn: dayAt(activity.receivedAt),
    receivedTime: timeAt(activity.receivedAt),
    campaignFrom: await campaignFrom(ctx, activity.campaignId),
    dueOn: task ? task.dueOn : null,
    place: await pointOf(ctx, activity.placeId),
    photos: await photosOf(ctx, activity.id),
    ways: waysOf(activity.counts, catalogue),
    same: await sameCountsAs(ctx.db, activity, copiesSince(activity.day)),
  }
}

async function campaignFrom(ctx: Ctx, campaignId: Id<'campaign'> | null): Promise<Day | null> {
  if (!campaignId) return null
  const days = (await periodsOf(ctx.db, campaignId)).flatMap(({ dayFrom }) => dayFrom ?? [])
  return days.toSorted()[0] ?? null
}

/** The point of a place, or of the next above it that has one. */
async function pointOf(ctx: Ctx, placeId: Id<'place'>): Promise<Ground['place']> {
  let place = await placeById(ctx.db, placeId)
  for (let level = 0; place && level < MOST_LEVELS; level += 1) {
    const { latitude, longitude, areaKm2 } = place
    if (latitude !== null && longitude !== null) return { latitude, longitude, areaKm2 }
    place = place.parentId ? await placeById(ctx.db, place.parentId) : null
  }
  return null
}

async function photosOf(ctx: Ctx, activityId: Id<'activity'>): Promise<PhotoSeen[]> {
  const seen: PhotoSeen[] = []
  for (const { kind, mediaId } of await proofsOf(ctx.db, activityId)) {
    const media = kind === 'photo' && mediaId ? await mediaById(ctx.db, mediaId) : null
    if (!media) continue
    seen.push({
      mediaId: media.id,
      takenOn: media.takenOn,
      location: await locationOf(ctx.db, media.id),
      shownBy: await earlierShowing(ctx, activityId, media.id),
    })
  }
  return seen
}

/** The activity, received before, that shows this very picture or one that looks the same. */
async function earlierShowing(
  ctx: Ctx,
  activityId: Id<'activity'>,
  mediaId: Id<'media'>,
): Promise<Id<'activity'> | null> {
  const alike = [mediaId, ...(await mediaLike(ctx.db, mediaId, MOST_ALIKE)).map(({ id }) => id)]
  const shown = await shownBefore(ctx.db, activityId, alike)
  return alike.map((id) => shown.get(id)).find((id) => id !== undefined) ?? null
}

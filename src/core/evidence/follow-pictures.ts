import { whenPictureMade } from '../media/index.ts'
import { activitiesShowing } from './proof.store.ts'
import { settleActivity } from './settle-activity.ts'

/** Looks at an activity again once it is known when and where its pictures were taken and what they look like. The app calls it once. */
export function followProofPictures(): void {
  whenPictureMade(async (ctx, mediaId) => {
    for (const activityId of await activitiesShowing(ctx.db, mediaId)) await settleActivity(ctx, activityId)
  })
}

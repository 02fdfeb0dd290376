import { fail, redirect } from '@sveltejs/kit'
import { acceptActivity, activitiesWhere, readCatalogue, toAccept } from '#core/evidence/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { rowsOf } from '../evidence-rows.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 25

export const load: PageServerLoad = async ({ locals: { ctx, language }, url }) => {
  const filter = await toAccept(ctx)
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, receivedAt: at } : null
  const found = filter ? await activitiesWhere(ctx.db, filter, before, PER_PAGE + 1) : []
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    accepts: filter !== null,
    activities: await rowsOf(ctx.db, language, await readCatalogue(ctx.db), shown),
    first: before ? withQuery(url, { at: null, id: null }) : null,
    next: last ? withQuery(url, { at: last.receivedAt.toISOString(), id: last.id }) : null,
  }
}

export const actions: Actions = {
  /** Accepts those that were ticked, each for itself: what stands in the way of one does not stop the others. */
  async accept({ locals: { ctx, w }, request }) {
    const data = await request.formData()
    const problems: { field: string | null; text: string }[] = []
    let accepted = 0
    for (const ticked of data.getAll('activity')) {
      const [id, revision] = String(ticked).split(':')
      const activityId = givenId<'activity'>(id)
      if (!activityId) continue
      try {
        await acceptActivity(ctx, { activityId, revision: Number(revision) })
        accepted += 1
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown
        problems.push({ field: null, text: sentenceOf(w, thrown) })
      }
    }
    if (accepted + problems.length === 0) problems.push({ field: null, text: w('evidence_none_ticked') })
    if (problems.length > 0) return fail(409, { typed: {}, problems })
    redirect(303, `${paths.evidenceQueue}?done=evidence_accepted_many`)
  },
}

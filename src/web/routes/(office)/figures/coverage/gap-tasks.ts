import type { Words } from '#app/wording/words.ts'
import { isDay, Refusal, dayAt, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationsAsOf } from '#core/organisation/index.ts'
import { placeByCode } from '#core/place/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { coverageOfUrl } from './coverage-of-url.ts'

/** The body in whose name the person sets tasks. */
export function setterOf({ actor }: Ctx): Id<'organisation'> | null {
  return actor.kind === 'person' ? (actor.grants[0]?.organisationId ?? null) : null
}

/** One task for the people's committee of each place of a gap; the same gap of the same days again sets none. */
export async function gapTasksOf(ctx: Ctx, w: Words, url: URL, data: FormData) {
  const { question, nameOf } = await coverageOfUrl(ctx, w, url)
  const key = fieldOf(data, 'gap')
  const codes = fieldOf(data, 'places').split(';').filter(Boolean)
  const dueOn = fieldOf(data, 'dueOn')
  const assignedBy = setterOf(ctx)
  if (!assignedBy) throw new Refusal('access.role')
  const committees = (await organisationsAsOf(ctx.db, dayAt(ctx.clock.now()))).filter(
    ({ kind }) => kind === 'peoples_committee',
  )
  const tasks = await Promise.all(
    codes.map(async (code) => {
      const place = await placeByCode(ctx.db, code)
      const body = committees.find(({ placeId }) => placeId === place?.id)
      if (!place || !body) throw new Refusal('figure.no_committee', { name: place?.name ?? code }, 'places')
      const what = { [question.by]: nameOf(key) }
      return {
        originKind: 'coverage',
        originKey: ['coverage', question.campaign ?? '', question.by, key, code, question.from, question.to]
          .join(':')
          .slice(0, 300),
        campaignId: question.campaign,
        detail: w(`figure_task_${question.by}`, { ...what, place: place.name }),
        role: 'all' as const,
        mode: 'ordered' as const,
        channels: question.by === 'channel' ? [key] : [],
        dueOn: isDay(dueOn) ? dueOn : null,
        assignedBy,
        organisationId: body.id,
      }
    }),
  )
  if (tasks.length === 0) throw new Refusal('figure.no_gap', {}, 'places')
  return { tasks }
}

import { dayAt, Refusal } from '#core/kernel/index.ts'
import { languageOf, MESSAGE_LANGUAGES, messagesWhere, standingOf } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById, placesAsOf } from '#core/place/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { PageServerLoad } from './$types.ts'

/** More messages than this stand on no one page. */
const MOST = 60

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const id = givenId<'campaign'>(params.id)
  const campaign = id && (await campaignById(ctx.db, id))
  if (!campaign) throw new Refusal('plan.not_found')
  const [body] = await organisationsWhere(ctx.db, [campaign.organisationId])
  const place = body ? await placeById(ctx.db, body.placeId) : null
  const spoken = await spokenIn(ctx, place?.code ?? null, place?.languages ?? [])
  const messages = await messagesWhere(ctx.db, { campaignId: campaign.id }, null, MOST)
  const standings = await Promise.all(
    messages.filter(({ withdrawnAt }) => withdrawnAt === null).map((message) => standingOf(ctx, message)),
  )
  return {
    campaign: { id: campaign.id, name: campaign.name },
    languages: spoken.map(({ tag, places }) => ({
      tag,
      places,
      name: w.has(`language_${tag}`) ? w(`language_${tag}`) : languageOf(tag).ownName,
    })),
    rows: standings.map(({ message, renditions }) => ({
      id: message.id,
      title: message.workingTitle,
      cells: spoken.map(({ tag }) => {
        const own = renditions.filter(({ rendition }) => rendition.language === tag)
        return { tag, all: own.length, ready: own.filter(({ state }) => state === 'ready').length }
      }),
    })),
  }
}

/** Languages of the campaign's place and of the places below it, most spoken first. */
async function spokenIn(ctx: App.Locals['ctx'], code: string | null, own: readonly string[]) {
  const places = await placesAsOf(ctx.db, dayAt(ctx.clock.now()))
  const root = places.find((place) => place.code === code)
  const below = places.filter((place) => root && (place.id === root.id || place.parentId === root.id))
  const order = MESSAGE_LANGUAGES.map(({ tag }) => tag)
  const tags = [...new Set([...own, ...below.flatMap((place) => place.languages)])]
  return tags
    .map((tag) => ({ tag, places: below.filter((place) => place.languages.includes(tag)).length }))
    .sort((one, other) => order.indexOf(one.tag) - order.indexOf(other.tag))
}

import { dayAt, Refusal, type Id } from '#core/kernel/index.ts'
import { coverOf, MESSAGE_LANGUAGES, messagesWhere, placeCoverOf, standingOf } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { languagesSpokenIn, placesAsOf, type Place } from '#core/place/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

/** More messages than this stand on no one page. */
const MOST = 60
const PLACES_PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'campaign'>(params.id)
  const campaign = id && (await campaignById(ctx.db, id))
  if (!campaign) throw new Refusal('plan.not_found')
  const [body] = await organisationsWhere(ctx.db, [campaign.organisationId])
  const places = await placesAsOf(ctx.db, dayAt(ctx.clock.now()))
  const byId = new Map(places.map((place) => [place.id, place]))
  // The campaign's place and the places one step below it, in the order of their names.
  const here = places.filter(({ id: own, parentId }) => own === body?.placeId || parentId === body?.placeId)
  const tags = languagesOf(here, byId)
  const messages = await messagesWhere(ctx.db, { campaignId: campaign.id }, null, MOST)
  const standings = await Promise.all(
    messages.filter(({ withdrawnAt }) => withdrawnAt === null).map((message) => standingOf(ctx, message)),
  )
  const below = here.filter((place) => place.id !== body?.placeId)
  const from = below.findIndex(({ code }) => code === url.searchParams.get('after')) + 1
  const shown = below.slice(from, from + PLACES_PER_PAGE)
  const last = from + PLACES_PER_PAGE < below.length ? shown.at(-1) : undefined
  return {
    campaign: { id: campaign.id, name: campaign.name },
    languages: tags.map((tag) => ({ tag, name: languageWords(w, tag) })),
    rows: standings.map((standing) => ({
      id: standing.message.id,
      title: standing.message.workingTitle,
      cells: tags.map((tag) => ({ tag, ...coverOf(standing, tag) })),
    })),
    places: shown.map((place) => {
      const spoken = languagesSpokenIn(place, byId)
      const path = pathOf(place, byId)
      return {
        code: place.code,
        name: place.name,
        cells: tags.map((tag) => ({ tag, cover: spoken.includes(tag) ? placeCoverOf(standings, path, tag) : null })),
      }
    }),
    first: from > 0 ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}

type Places = ReadonlyMap<Id<'place'>, Place>

/** What is spoken in any of these places, the best known first. */
function languagesOf(here: readonly Place[], byId: Places): string[] {
  const order = MESSAGE_LANGUAGES.map(({ tag }) => tag)
  const rank = (tag: string) => (order.includes(tag) ? order.indexOf(tag) : order.length)
  const spoken = new Set(here.flatMap((place) => languagesSpokenIn(place, byId)))
  return [...spoken].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
}

function pathOf(place: Place, byId: Places): string[] {
  const above = place.parentId && byId.get(place.parentId)
  return [place.id, ...(above ? pathOf(above, byId) : [])]
}

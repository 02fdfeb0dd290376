import { CHANNELS } from '#core/channel/index.ts'
import { dayAt, isDay } from '#core/kernel/index.ts'
import { outletsWhere } from '#core/outlet/index.ts'
import { placeById } from '#core/place/index.ts'
import { withQuery } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const words = url.searchParams.get('q') ?? ''
  const channel = CHANNELS.find((one) => one === url.searchParams.get('channel')) ?? null
  const asked = url.searchParams.get('on') ?? ''
  const day = isDay(asked) ? asked : dayAt(ctx.clock.now())
  const after = url.searchParams.get('after')
  const found = await outletsWhere(ctx.db, { words, channel, day }, after, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const places = new Map<string, string>()
  for (const id of new Set(shown.map(({ placeId }) => placeId))) {
    places.set(id, (await placeById(ctx.db, id))?.name ?? '')
  }
  return {
    words,
    channel,
    day,
    narrowed: words !== '' || channel !== null,
    channels: CHANNELS.map((key) => ({ value: key, name: w(`channel_${key}`) })),
    outlets: shown.map((one) => ({
      id: one.id,
      code: one.code,
      name: one.name,
      kind: w(`outlet_kind_${one.kind}`),
      channel: w(`channel_${one.channel}`),
      place: places.get(one.placeId) ?? '',
      paused: one.pausedAt !== null,
      means: one.means,
    })),
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: last.code }) : null,
  }
}

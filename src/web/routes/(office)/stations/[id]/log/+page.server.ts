import { playedAt, type AfterEntry } from '#core/station/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { stationNamed } from '../../one-station.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const station = await stationNamed(ctx, params.id)
  const after = afterOf(url.searchParams.get('after'))
  const found = await playedAt(ctx.db, ['station_id', station.id], after, PER_PAGE + 1)
  const entries = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? entries.at(-1) : undefined
  return {
    station: { id: station.id, name: station.name },
    entries,
    first: after ? withQuery(url, { after: null }) : null,
    next: last ? withQuery(url, { after: [last.at.getTime(), last.deviceId, last.seq].join('_') }) : null,
  }
}

/** `1783904400000_<device>_<seq>` */
function afterOf(text: string | null): AfterEntry | null {
  const [at, device, seq] = text?.split('_') ?? []
  const deviceId = givenId<'device'>(device)
  if (!deviceId || !/^\d{1,13}$/.test(at ?? '') || !/^\d{1,15}$/.test(seq ?? '')) return null
  return { at: new Date(Number(at)), deviceId, seq: Number(seq) }
}

import type { RequestEvent } from '@sveltejs/kit'
import { pressAddresses } from '#app/press-addresses.ts'
import type { WireAsked } from '#app/press-wire.ts'
import { Refusal } from '#core/kernel/index.ts'
import { outletById, type Outlet } from '#core/outlet/index.ts'
import { placeByCode } from '#core/place/index.ts'
import { wireOfToken } from '#core/press/index.ts'
import { wordsIn } from '#web/wording.ts'

const MOST = 200
const USUAL = 50

/** What nobody but a newsroom is to keep, and no search engine is to find; named to us alone, see `own-page.ts` of the portal. */
export const SECRET_PAGE = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'same-origin',
}

export interface AskedOfWire extends WireAsked {
  readonly outlet: Outlet
  readonly after: number | null
}

/** What a request asks of the wire that its address opens. @throws Refusal `press.no_link`, `press.bad_question` */
export async function wireAsked({ locals: { ctx }, params, url }: RequestEvent): Promise<AskedOfWire> {
  const token = params['token'] ?? ''
  const wire = await wireOfToken(ctx, token)
  const outlet = wire && (await outletById(ctx.db, wire.outletId))
  if (!wire || !outlet) throw new Refusal('press.no_link')
  const code = url.searchParams.get('place')
  const place = code ? await placeByCode(ctx.db, code) : null
  if (code && !place) throw new Refusal('press.bad_question', { name: 'place' })
  return {
    wire,
    outlet,
    filter: { language: url.searchParams.get('in'), theme: url.searchParams.get('theme'), place: place?.id ?? null },
    after: numberIn(url, 'after'),
    limit: Math.min(MOST, Math.max(1, numberIn(url, 'limit') ?? USUAL)),
    addresses: pressAddresses(url.origin, token),
    w: wordsIn('vi'),
  }
}

function numberIn(url: URL, name: string): number | null {
  const text = url.searchParams.get(name)
  if (text === null || text === '') return null
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('press.bad_question', { name })
  return Number(text)
}

import type { IncomingMessage, RequestListener } from 'node:http'
import type { PortalState } from '../../app/portal-watch.ts'
import { answerWith } from './answer.ts'
import { keptPageOf } from './kept-page.ts'
import { madePages } from './made-pages.ts'
import { publicAddress } from './public-address.ts'

interface PublicCacheOptions {
  /** Makes the page of an address anew, for nobody in particular. */
  readonly render: (url: string) => Promise<Response>
  /** What the public reads now; null while nobody can know it: then nothing kept is shown. */
  readonly current: () => PortalState | null
  /** Answers all that is not a public page. */
  readonly next: RequestListener
  /** Under which the portal is known; null: as each request says. */
  readonly origin: string | null
  /** @defaultValue 64 MiB */
  readonly mostBytes?: number
}

const MOST_BYTES = 64 * 1_024 * 1_024

/** Answers public pages and feeds from memory; a change of what is public renews them all at once. */
export function cachePublic(options: PublicCacheOptions): RequestListener {
  const { render, current, next, origin, mostBytes = MOST_BYTES } = options
  // The look of the pages may be another since this process began.
  const begunAt = new Date()
  const make = async (address: string) => keptPageOf(await render(address))
  const pages = madePages({ make, current, mostBytes })

  return (request, response) => {
    const page = readable(request) ? publicAddress(request.url ?? '') : null
    const base = page === null ? null : (origin ?? originOf(request))
    if (page === null || base === null) {
      next(request, response)
      return
    }
    const since = sinceWhen(current(), begunAt)
    const kept = pages.kept(base + page)
    if (kept) {
      answerWith(kept, since, request, response)
      return
    }
    pages.made(base + page).then(
      (made) => answerWith(made, since, request, response),
      // What made it has said in its log why not; the application answers as for any other page.
      () => next(request, response),
    )
  }
}

function sinceWhen(state: PortalState | null, begunAt: Date): Date | null {
  return state && (state.since > begunAt ? state.since : begunAt)
}

function readable({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** As the request says it was addressed; null where it says nothing that is one. */
function originOf({ headers }: IncomingMessage): string | null {
  const protocol = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  const { host = '' } = headers
  return /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host) ? `${protocol}://${host.toLowerCase()}` : null
}

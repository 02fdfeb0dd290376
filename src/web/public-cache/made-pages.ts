import type { PortalState } from '../../app/portal-watch.ts'
import type { KeptPage } from './kept-page.ts'
import { PageShelf } from './page-shelf.ts'

interface MadePagesOptions {
  /** Makes the page of an address anew. */
  readonly make: (address: string) => Promise<KeptPage>
  /** What the public reads now; null while nobody can know it: then nothing kept is shown. */
  readonly current: () => PortalState | null
  readonly mostBytes: number
}

export interface MadePages {
  /** The page as it reads now, where it was made already. */
  kept(address: string): KeptPage | null
  /** The page made anew, and kept where nothing changed meanwhile. One making for all who come while it is under way. */
  made(address: string): Promise<KeptPage>
}

interface Flight {
  readonly state: string | null
  readonly begunAt: number
  readonly page: Promise<KeptPage>
}

/** While nobody knows what has changed, a page that is under way is shared with those who come this soon after. */
const SHARED_MS = 1_000

/**
 * Pages, each made once for each state of the portal. One that was begun under one state and finished under another may
 * have read half of each: it is given to whoever asked before the change, and kept for nobody.
 */
export function madePages({ make, current, mostBytes }: MadePagesOptions): MadePages {
  const shelf = new PageShelf(mostBytes)
  const flights = new Map<string, Flight>()

  return {
    kept(address) {
      const state = current()
      return state && shelf.get(address, state.id)
    },
    made(address) {
      const state = current()?.id ?? null
      const flying = flights.get(address)
      if (flying?.state === state && (state !== null || performance.now() - flying.begunAt < SHARED_MS))
        return flying.page
      return begin(address, state)
    },
  }

  function begin(address: string, state: string | null): Promise<KeptPage> {
    const flight: Flight = { state, begunAt: performance.now(), page: makeAndKeep(address, state) }
    flights.set(address, flight)
    const land = () => {
      if (flights.get(address) === flight) flights.delete(address)
    }
    flight.page.then(land, land)
    return flight.page
  }

  async function makeAndKeep(address: string, begunUnder: string | null): Promise<KeptPage> {
    const page = await make(address)
    const now = current()?.id ?? null
    if (page.mayBeKept && now !== null && now === begunUnder) shelf.put(address, now, page)
    return page
  }
}

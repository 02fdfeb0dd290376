import type { Link, LinkEvents } from './link.ts'

/** Keeps one link bound: when it is lost it is opened again, each time later, until it stands. */
export interface LinkKeeper {
  /** The bound link, or what comes of the attempt under way; null while there is none: then nothing was sent. */
  link(): Promise<Link | null>
  /** Why there is none; empty when there is. */
  fault(): string
  close(): Promise<void>
}

const SOONEST_MS = 200
const LATEST_MS = 60_000
/** A link that stood this long was a good one: who comes meanwhile waits for the next, which is tried at once. */
const GOOD_AFTER_MS = 2_000

export function keepLink(open: (lost: LinkEvents['lost']) => Promise<Link>): LinkKeeper {
  let bound: Link | null = null
  let failures = 0
  let fault = ''
  let closed = false
  /** The wait before the next attempt, and how to end it at once. */
  let rest: { readonly timer: NodeJS.Timeout; readonly over: (link: null) => void } | null = null
  let current: Promise<Link | null> = attempt()

  async function attempt(): Promise<Link | null> {
    let boundAt = Infinity
    let ended = false
    const lost = (reason: string) => {
      if (ended) return
      ended = true
      bound = null
      fault = reason
      failures = performance.now() - boundAt > GOOD_AFTER_MS ? 0 : failures + 1
      if (!closed) retry()
    }
    try {
      const link = await open(lost)
      if (closed) await link.close()
      if (closed || ended) return null
      boundAt = performance.now()
      bound = link
      fault = ''
      return link
    } catch (thrown) {
      lost(thrown instanceof Error ? thrown.message : 'not connected')
      return null
    }
  }
  function retry(): void {
    const ms = Math.min(LATEST_MS, SOONEST_MS * 2 ** failures) * (0.5 + Math.random() / 2)
    const next = new Promise<Link | null>((resolve) => {
      rest = { over: resolve, timer: setTimeout(() => resolve((current = attempt())), ms) }
    })
    // After a good link rows wait for the next; after a bad attempt they are told at once that there is none.
    current = failures === 0 ? next : Promise.resolve(null)
  }
  return {
    link: () => current,
    fault: () => fault,
    async close() {
      closed = true
      if (rest) clearTimeout(rest.timer)
      rest?.over(null)
      await bound?.close()
    },
  }
}

import type { KeptPage } from './kept-page.ts'

/** Pages in memory, all made under one state of the portal; what was asked for longest ago makes room. */
export class PageShelf {
  readonly #pages = new Map<string, KeptPage>()
  readonly #mostBytes: number
  #state: string | null = null
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The page as it reads under this state; none of another state is ever given. */
  get(key: string, state: string): KeptPage | null {
    this.#turnTo(state)
    const page = this.#pages.get(key)
    if (!page) return null
    // Last in the order of the map: asked for last.
    this.#pages.delete(key)
    this.#pages.set(key, page)
    return page
  }

  put(key: string, state: string, page: KeptPage): void {
    this.#turnTo(state)
    this.#take(key)
    if (page.bytes > this.#mostBytes) return
    this.#pages.set(key, page)
    this.#bytes += page.bytes
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.#take(oldest)
    }
  }

  #take(key: string): void {
    this.#bytes -= this.#pages.get(key)?.bytes ?? 0
    this.#pages.delete(key)
  }

  #turnTo(state: string): void {
    if (state === this.#state) return
    this.#state = state
    this.#pages.clear()
    this.#bytes = 0
  }
}

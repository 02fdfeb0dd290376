import type { Words } from '#app/wording/words.ts'
import type { Release } from '#core/release/index.ts'

/** What a release is called: by its message, and by what it does to another release. */
export function releaseTitle(w: Words, kind: Release['kind'], title: string): string {
  return kind === 'original' ? title : w(`releases_${kind}_of`, { title })
}

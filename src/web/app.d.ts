import type { Ctx, Language } from '#core/kernel/index.ts'
import type { Words } from '#app/wording/words.ts'
import type { Headline } from '#core/portal/index.ts'

declare global {
  namespace App {
    interface Locals {
      /** The context of every action and question of this request, acting as whoever signed in. */
      ctx: Ctx
      language: Language
      w: Words
      /** Who is signed in; null for a stranger. */
      person: SignedIn | null
    }
    interface PageData {
      language: Language
      me: SignedIn | null
      /** Of a public page: the language of what it shows, and the theme it is of. */
      shownIn?: string
      shownTheme?: string
      themes?: readonly ShownLink[]
      campaigns?: readonly ShownLink[]
      others?: {
        readonly news: readonly Headline[]
        readonly pages: { readonly first: string | null; readonly older: string | null }
      }
    }
    interface Error {
      /** The id under which the fault stands in the log. */
      reference?: string
      /** When a public article was taken down. */
      withdrawnAt?: string
      /** The id of the article that took its place. */
      replacedBy?: string
    }
  }
  interface ShownLink {
    readonly href: string
    readonly name: string
  }
  interface SignedIn {
    readonly id: string
    readonly name: string
    readonly sessionId: string
    /** True until a one-time password is changed: nothing but the account page opens before. */
    readonly mustChange: boolean
  }
}

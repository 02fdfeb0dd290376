import type { Ctx, Language } from '#core/kernel/index.ts'
import type { Words } from '#app/wording/words.ts'

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
    }
    interface Error {
      /** The id under which the fault stands in the log. */
      reference?: string
    }
  }
  interface SignedIn {
    readonly id: string
    readonly name: string
    readonly sessionId: string
    /** True until a one-time password is changed: nothing but the account page opens before. */
    readonly mustChange: boolean
  }
}

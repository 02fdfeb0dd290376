import * as v from 'valibot'
import { idOf, type Id } from '#core/kernel/index.ts'

const schema = idOf<string>()

/** An id out of an address, or null when it is none: the database takes no other text for one. */
export function givenId<Kind extends string>(text: string | null | undefined): Id<Kind> | null {
  return v.is(schema, text) ? (text as unknown as Id<Kind>) : null
}

import { searchPeople } from '#core/identity/index.ts'
import { Refusal, type Ctx, type Id } from '#core/kernel/index.ts'

/** The person of a username as typed or picked. @throws Refusal `identity.nobody_named` on the field. */
export async function personNamed(ctx: Ctx, typed: string, field: string): Promise<Id<'person'>> {
  const username = typed.trim().toLowerCase()
  if (username === '') throw new Refusal('input.required', {}, field)
  const person = (await searchPeople(ctx.db, username, 50)).find((one) => one.username === username)
  if (!person) throw new Refusal('identity.nobody_named', { username }, field)
  return person.id
}

import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationByCode, searchOrganisations, type Organisation } from '#core/organisation/index.ts'
import { placeByCode, placesAsOf, type Place } from '#core/place/index.ts'

/** More names than this would fill the refusal. */
const MOST_NAMES = 5

interface Named {
  readonly code: string
  readonly name: string
}

/**
 * The living body of a code or a name as somebody typed it: where the name fits one exactly, or one alone.
 *
 * @throws Refusal `input.required`, `organisation.none_named`, `organisation.several_named`
 */
export async function bodyNamed(ctx: Ctx, typed: string, field: string): Promise<Organisation> {
  const words = typed.normalize('NFC').trim()
  if (words === '') throw new Refusal('input.required', {}, field)
  const byCode = await organisationByCode(ctx.db, words)
  if (byCode) return byCode
  const found = (await searchOrganisations(ctx.db, words, 20)).filter(({ aliveTo }) => aliveTo === null)
  const fitting = exactly(found, words) ?? found
  const [one] = fitting
  if (!one) throw new Refusal('organisation.none_named', { words }, field)
  if (fitting.length > 1) throw new Refusal('organisation.several_named', { names: namesOf(fitting) }, field)
  return one
}

/**
 * The places of codes or full names with semicolons between, as the tree was on a day: today's, unless it is said.
 *
 * @throws Refusal `place.none_named`, `place.several_named`
 */
export async function placesNamed(
  ctx: Ctx,
  typed: string,
  field: string,
  on = dayAt(ctx.clock.now()),
): Promise<Id<'place'>[]> {
  const names = typed
    .normalize('NFC')
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length === 0) return []
  const living = await placesAsOf(ctx.db, on)
  const found: Id<'place'>[] = []
  for (const words of names) {
    const fitting: readonly Place[] = exactly(living, words) ?? []
    const one = (await placeByCode(ctx.db, words)) ?? fitting[0]
    if (!one) throw new Refusal('place.none_named', { words }, field)
    if (one === fitting[0] && fitting.length > 1) {
      throw new Refusal('place.several_named', { names: namesOf(fitting) }, field)
    }
    found.push(one.id)
  }
  return [...new Set(found)]
}

function exactly<One extends Named>(all: readonly One[], words: string): readonly One[] | null {
  const same = all.filter(({ name }) => name.toLocaleLowerCase('vi') === words.toLocaleLowerCase('vi'))
  return same.length > 0 ? same : null
}

function namesOf(all: readonly Named[]): string {
  return all
    .slice(0, MOST_NAMES)
    .map(({ code, name }) => `${name} (${code})`)
    .join('; ')
}

import { FACT_KEEPERS, factByCode, type Fact } from '#core/fact/index.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'

/** What a form says of a fact besides its code and kind. */
export async function factOfForm(ctx: Ctx, data: FormData) {
  const replacedBy = fieldOf(data, 'replacedBy').trim() || null
  if (replacedBy && !(await factByCode(ctx.db, replacedBy))) {
    throw new Refusal('fact.not_found', { code: replacedBy }, 'replacedBy')
  }
  return {
    name: fieldOf(data, 'name').normalize('NFC'),
    value: fieldOf(data, 'value').normalize('NFC'),
    validFrom: fieldOf(data, 'validFrom') || null,
    validTo: fieldOf(data, 'validTo') || null,
    replacedBy,
    verifyEveryDays: Number(fieldOf(data, 'verifyEveryDays')),
    source: fieldOf(data, 'source').trim() || null,
    ownerId: givenId<'organisation'>(fieldOf(data, 'ownerId')),
  }
}

/** The fact of an address. @throws Refusal `fact.not_found` */
export async function factOf(ctx: Ctx, code: string | undefined): Promise<Fact> {
  const fact = await factByCode(ctx.db, code ?? '')
  if (!fact) throw new Refusal('fact.not_found', { code: code ?? '' })
  return fact
}

/** The bodies that may own a fact: those for which this person keeps facts, and the owner that stands. */
export async function ownersFor({ actor, db }: Ctx, ownerId: Fact['ownerId']) {
  const grants = actor.kind === 'person' ? actor.grants : []
  const mine = grants.filter(({ role }) => FACT_KEEPERS.includes(role)).map(({ organisationId }) => organisationId)
  const bodies = await organisationsWhere(db, [...new Set([...mine, ...(ownerId ? [ownerId] : [])])])
  return bodies
    .filter(({ id, aliveTo }) => aliveTo === null || id === ownerId)
    .map(({ id, name }) => ({ value: id, name }))
}

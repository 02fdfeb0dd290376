import { bodiesWithDocuments, DOCUMENT_TYPE_KEYS, DOCUMENT_WRITERS } from '#core/document/index.ts'
import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'

/** The register that an address asks for: of a body, a type and a year; without one the person's own body, letters, this year. */
export async function registerAsked(ctx: Ctx, url: URL) {
  const thisYear = Number(dayAt(ctx.clock.now()).slice(0, 4))
  const year = Number(url.searchParams.get('year')) || thisYear
  const bodies = await bodiesOf(ctx)
  const body = bodies.find(({ id }) => id === url.searchParams.get('body')) ?? bodies[0] ?? null
  const type = DOCUMENT_TYPE_KEYS.find((one) => one === url.searchParams.get('type')) ?? 'letter'
  return { bodies, body, type, year: year >= 2020 && year <= 2100 ? year : thisYear, thisYear }
}

/** Bodies that have documents, the person's own first. */
async function bodiesOf(ctx: Ctx) {
  const grants = ctx.actor.kind === 'person' ? ctx.actor.grants : []
  const own = grants.filter(({ role }) => DOCUMENT_WRITERS.includes(role)).map(({ organisationId }) => organisationId)
  const mine = await organisationsWhere(ctx.db, [...new Set(own)])
  const all = [...mine.filter(({ aliveTo }) => aliveTo === null), ...(await bodiesWithDocuments(ctx.db))]
  return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()]
}

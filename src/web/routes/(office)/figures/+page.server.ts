import { readCatalogue } from '#core/evidence/index.ts'
import { figures, targetResults, takeSnapshot, type Figures, type Question } from '#core/figure/index.ts'
import { dayAt, type Ctx, type Id } from '#core/kernel/index.ts'
import { organisationsAsOf, organisationsWhere } from '#core/organisation/index.ts'
import { placeById, placesAsOf } from '#core/place/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { choicesOf } from './form-choices.ts'
import { questionAddress } from './question-address.ts'
import { questionOfUrl } from './question-of-url.ts'
import { columnsOf, mostTold, gradesShown, rowsShown, totalShown } from './shown-figures.ts'
import { targetsShown } from './shown-targets.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const question = await questionOfUrl(ctx, url)
  const catalogue = await readCatalogue(ctx.db)
  const { themeNames: themes, ...choices } = await choicesOf(ctx, w, question)
  const answer = await figures(ctx.db, question)
  const { shown, rest } = columnsOf(answer, catalogue)
  const names = { catalogue, themes }
  const rows = rowsShown(w, answer, shown, names)
  const drawn = mostTold(shown, rows)
  const months = drawn ? await monthsOf(ctx, question, drawn.code) : null
  return {
    question,
    choices,
    indicators: catalogue.indicators.map(({ code, name, unit }) => ({ code, name, unit })),
    columns: shown.map(({ code, name, unit }) => ({ code, name, unit })),
    rest: rest.map(({ code, name }) => ({
      name,
      href: questionAddress(paths.figures, { ...question, indicators: [code] }),
    })),
    rows,
    drawn: drawn && { code: drawn.code, name: drawn.name, unit: drawn.unit },
    total: totalShown(w, answer, shown),
    grades: gradesShown(w, answer, shown),
    months: months && drawn ? rowsShown(w, months, [drawn], names) : [],
    above: pathOf(w, answer),
    place: await nameOf(ctx, question.place, 'place'),
    organisation: await nameOf(ctx, question.organisation, 'organisation'),
    places: (await placesAsOf(ctx.db, question.mapDay))
      .filter(({ level }) => level !== 'village')
      .map(({ code, name }) => ({ code, name })),
    bodies: (await organisationsAsOf(ctx.db, null)).map(({ code, name }) => ({ code, name })),
    targets: question.campaign
      ? targetsShown(w, await targetResults(ctx.db, question.campaign as Id<'campaign'>, question))
      : [],
    here: questionAddress(paths.figures, question),
    exportQuery: questionAddress('', question),
    mapIsToday: question.mapDay === dayAt(ctx.clock.now()),
    whyNotKeep: await whyNotKeep(ctx, question).then((refusal) => refusal && sentenceOf(w, refusal)),
  }
}

async function monthsOf(ctx: Ctx, question: Question, indicator: string): Promise<Figures | null> {
  return question.by === 'month' ? null : figures(ctx.db, { ...question, indicators: [indicator], by: 'month' })
}

/** The way up the tree that is asked by, each with the same question. */
function pathOf(w: Words, { question, tree }: Figures) {
  const { by } = question
  if (!tree || (by !== 'place' && by !== 'organisation')) return []
  const all = {
    name: w('figure_everywhere'),
    href: questionAddress(paths.figures, { ...question, [by]: null, [`${by}Reach`]: 'within' }),
  }
  const path = tree.pathTo(question[by]).slice(0, -1)
  return [
    all,
    ...path.map((id) => ({
      name: tree.node(id)?.name ?? '',
      href: questionAddress(paths.figures, { ...question, [by]: id, [`${by}Reach`]: 'within' }),
    })),
  ]
}

async function nameOf(ctx: Ctx, id: string | null, of: 'place' | 'organisation') {
  if (id === null) return null
  const found =
    of === 'place'
      ? await placeById(ctx.db, id as Id<'place'>)
      : ((await organisationsWhere(ctx.db, [id as Id<'organisation'>]))[0] ?? null)
  return found && { code: found.code, name: found.name }
}

function whyNotKeep(ctx: Ctx, question: Question) {
  const organisationId = ownBody(ctx)
  const input = { name: 'x', organisationId: organisationId ?? ('' as Id<'organisation'>), question }
  return takeSnapshot.whyNot(ctx, input)
}

function ownBody({ actor }: Ctx): Id<'organisation'> | null {
  return actor.kind === 'person' ? (actor.grants[0]?.organisationId ?? null) : null
}

export const actions: Actions = {
  snapshot: act(takeSnapshot, {
    input: async (data, { locals: { ctx }, url }) => ({
      name: fieldOf(data, 'name'),
      organisationId: ownBody(ctx) ?? '',
      question: await questionOfUrl(ctx, new URL(fieldOf(data, 'asked'), url)),
    }),
    then: (id) => `${paths.snapshot(id)}?done=figure_kept`,
  }),
}

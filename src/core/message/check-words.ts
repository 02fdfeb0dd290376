import { organisationsAsOf, successions } from '../organisation/index.ts'
import { placesAsOf } from '../place/index.ts'
import type { Ctx, Day, Finding } from '../kernel/index.ts'
import {
  checkEndedNames,
  checkHotline,
  checkIdentity,
  checkLinks,
  checkPastDays,
  checkReadability,
  checkStaleFacts,
  checkStigma,
  type EndedName,
  type TextFields,
} from './checks/index.ts'
import { checkMedia } from './check-media.ts'
import { rulesOf } from './channel-rules.ts'
import { printFacts } from './fact-marks.ts'
import type { Ground } from './master-text.ts'
import { MASTER_FIELDS, type MasterWords, type Message } from './message.ts'
import type { Rendition } from './rendition.ts'
import { consentOf } from './story-consent.store.ts'

export interface CheckedWords {
  readonly master: readonly Finding[]
  rendition(rendition: Rendition): readonly Finding[]
}

/** Checks the words of a master, and of the renditions that somebody has changed by hand: composed ones say what the master says. */
export async function checkWords(
  ctx: Ctx,
  message: Message,
  words: MasterWords,
  ground: Ground,
  day: Day,
): Promise<CheckedWords> {
  const facts = [...ground.facts.values()]
  const names = await endedNames(ctx)
  const identity = message.kind === 'story' ? await knownNames(ctx, message, facts) : null
  const everywhere = (fields: TextFields): Finding[] => [
    ...checkStaleFacts(fields, facts, day),
    ...checkEndedNames(fields, names, day),
    ...checkLinks(fields),
    ...checkPastDays(fields, day),
    ...(identity ? checkIdentity(fields, identity) : []),
  ]
  const inVietnamese = (fields: TextFields) => [...checkStigma(fields), ...checkReadability(fields)]
  const fields = Object.fromEntries(MASTER_FIELDS.map((field) => [field, words[field].normalize('NFC')]))
  const printed = Object.fromEntries(MASTER_FIELDS.map((field) => [field, printFacts(words[field], ground.facts).text]))
  const vietnamese = message.language === 'vi'
  return {
    master: [
      ...(words.title.trim() === '' ? [NO_TITLE] : []),
      ...(await checkMedia(ctx, message.kind, words.body, day)),
      ...checkHotline(message.kind, printed, facts, day),
      ...everywhere(fields),
      ...(vietnamese ? inVietnamese(fields) : []),
    ],
    rendition({ channel, language, current }) {
      if (current.composed) return []
      const spoken = rulesOf(channel).heard && language === 'vi'
      return [...everywhere(current.fields), ...(spoken ? inVietnamese(current.fields) : [])]
    },
  }
}

const NO_TITLE: Finding = {
  code: 'message.no_title',
  weight: 'block',
  field: 'title',
  span: null,
  facts: {},
  mend: null,
}

/** Bodies that are no more, by name, with who carries their duty on. */
async function endedNames(ctx: Ctx): Promise<EndedName[]> {
  const bodies = await organisationsAsOf(ctx.db, null)
  const byCode = new Map(bodies.map((body) => [body.code, body]))
  const alive = new Set(bodies.filter(({ aliveTo }) => aliveTo === null).map(({ name }) => name))
  const heirs = Map.groupBy(await successions(ctx.db), ({ fromCode }) => fromCode)
  return bodies.flatMap(({ code, name, aliveTo }) => {
    // A name that lives on in a successor of the same name misleads nobody.
    if (aliveTo === null || alive.has(name)) return []
    const to = (heirs.get(code) ?? []).map(({ toCode }) => byCode.get(toCode)?.name)
    return [{ name, endedOn: aliveTo, successor: to.length === 1 ? (to[0] ?? null) : null }]
  })
}

async function knownNames(ctx: Ctx, message: Message, facts: readonly { kind: string; value: string }[]) {
  const consent = await consentOf(ctx.db, message.id)
  const places = await placesAsOf(ctx.db, null)
  return {
    hotlines: facts.filter(({ kind }) => kind === 'hotline').map(({ value }) => value),
    pseudonym: consent?.pseudonym ?? null,
    places: places.filter(({ level }) => level === 'commune').map(({ name }) => name),
  }
}

import { dayAt, type Ctx, type Finding } from '../kernel/index.ts'
import { checkFactMarks } from './check-facts.ts'
import { checkRecording } from './check-recording.ts'
import { checkTerms } from './check-terms.ts'
import { compose, type Composition } from './compose-renditions.ts'
import { rulesOf } from './channel-rules.ts'
import { groundOf, type Ground } from './master-text.ts'
import { versionOf } from './message.store.ts'
import type { Message, MessageVersion } from './message.ts'
import { renditionsOf } from './rendition.store.ts'
import { stateOf, type Rendition, type RenditionState } from './rendition.ts'
import { languageOf } from './spoken-languages.ts'
import { termsOf, type Term } from './term.store.ts'
import { checkWords } from './check-words.ts'

/** A rendition with all that a person weighs before approving it. */
export interface StandingRendition {
  readonly rendition: Rendition
  /** What the channel composes of the master today: the source of a translation, or what stands against hand-made words. */
  readonly composition: Composition
  readonly state: RenditionState
  readonly oral: boolean
  readonly findings: readonly Finding[]
}

/** A message as it stands: its words, what they lack, and every rendition of it. */
export interface Standing {
  readonly message: Message
  readonly version: MessageVersion
  readonly ground: Ground
  readonly findings: readonly Finding[]
  readonly renditions: readonly StandingRendition[]
}

/** Reads a message as it stands today, with every finding. */
export async function standingOf(ctx: Ctx, message: Message): Promise<Standing> {
  const version = await versionOf(ctx.db, message.id, message.currentVersion)
  if (!version) throw new Error(`Message ${message.id} has lost its version ${message.currentVersion}`)
  const ground = await groundOf(ctx, message.organisationId)
  const day = dayAt(ctx.clock.now())
  const terms = await termsOf(ctx.db, null)
  const checked = await checkWords(ctx, message, version, ground, day)
  const renditions = await renditionsOf(ctx.db, message.id)
  return {
    message,
    version,
    ground,
    findings: [...checkFactMarks(version, ground.facts, day), ...checked.master],
    renditions: renditions.map((rendition) => standing(rendition, message, version, ground, terms, checked.rendition)),
  }
}

function standing(
  rendition: Rendition,
  message: Message,
  version: MessageVersion,
  ground: Ground,
  terms: readonly Term[],
  checkRendition: (rendition: Rendition) => readonly Finding[],
): StandingRendition {
  const composition = compose(message, version, rendition.channel, ground)
  const { fields } = rendition.current
  const oral = isOral(rendition)
  const state = stateOf(rendition, { masterLanguage: message.language, composition: composition.hash, oral })
  if (state === 'empty') return { rendition, composition, state, oral, findings: [] }
  const own = terms.filter((term) => term.language === rendition.language)
  const findings = [
    ...(oral ? [] : rulesOf(rendition.channel).check(fields, rendition.language)),
    ...(rendition.language === message.language ? [] : checkTerms(composition.fields, fields, own)),
    ...checkRendition(rendition),
    ...checkRecording(rendition.current, message.kind, oral),
  ]
  return { rendition, composition, state, oral, findings }
}

/** Whether the recording is the master of this rendition and its text a gloss. */
export function isOral({ channel, language }: Pick<Rendition, 'channel' | 'language'>): boolean {
  return languageOf(language).oralFirst && rulesOf(channel).heard
}

/** True where nothing stops it: no blocking finding, no rendition that lacks something. */
export function isClean({ findings, renditions }: Standing): boolean {
  const all = [...findings, ...renditions.flatMap((one) => one.findings)]
  return !all.some(({ weight }) => weight === 'block') && renditions.every(({ state }) => state === 'ready')
}

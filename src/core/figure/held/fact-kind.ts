import * as v from 'valibot'
import { BREAKDOWNS, GRADES, type Grade } from '../../evidence/index.ts'

/** All that a fact says of itself besides where, whose, when and how many: a campaign has a few hundred of these. */
export interface FactKind {
  /** Of the ledger; else of an activity. */
  readonly ofLedger: boolean
  /** `all`: a whole number; else one part of it. */
  readonly breakdown: string
  readonly part: string
  readonly indicator: string
  readonly estimated: boolean
  readonly campaign: string | null
  readonly theme: string | null
  readonly channel: string
  readonly audience: string
  readonly language: string
  readonly grade: Grade
  readonly acceptance: number
  /** Something came down again: it tells nobody anything. */
  readonly removal: boolean
}

const id = v.nullable(v.string())
const Written = v.tuple([
  v.boolean(),
  v.picklist(['all', ...BREAKDOWNS]),
  v.string(),
  v.string(),
  v.boolean(),
  id,
  id,
  v.string(),
  v.string(),
  v.string(),
  v.picklist(GRADES),
  v.number(),
  v.boolean(),
])

/** @throws ValiError where a page does not hold what its statement says. */
export function factKind(written: string): FactKind {
  const [ofLedger, breakdown, part, indicator, estimated, campaign, theme, channel, audience, language, ...sure] =
    v.parse(Written, JSON.parse(written))
  const [grade, acceptance, removal] = sure
  return {
    ofLedger,
    breakdown,
    part,
    indicator,
    estimated,
    campaign,
    theme,
    channel,
    audience,
    language,
    grade,
    acceptance,
    removal,
  }
}

import { findAudiences } from './audiences.ts'
import { findBases } from './bases.ts'
import { findChannels } from './channels.ts'
import { clauseTree } from './clause-tree.ts'
import { findDuties } from './duties.ts'
import type { Ground } from './ground.ts'
import { readHead } from './head.ts'
import { findHotlines } from './hotlines.ts'
import { linesOf, plainText, wrapColumn } from './lines.ts'
import { paragraphsOf } from './paragraphs.ts'
import { findPeriods } from './periods.ts'
import type { Reading, ReadOptions, Span } from './reading.ts'
import { regionsOf, type Regions } from './regions.ts'
import { findSlogans } from './slogans.ts'
import { findTargets } from './targets.ts'
import { findThemes } from './themes.ts'
import { findWarnings } from './warnings.ts'
import { fold } from './words.ts'

/**
 * Reads the text of a signed plan, with whatever a portal printed around it. Pure and deterministic; the cost is
 * linear to the length of the text. Never throws on any text: what is not found is null or an empty list.
 *
 * @throws the reason of `options.signal` when it is aborted between two steps
 */
export function readPlan(rawText: string, options: ReadOptions): Reading {
  const text = plainText(rawText)
  const lines = linesOf(text)
  const regions = regionsOf(lines)
  const blocks = paragraphsOf(lines, regions, { wrapColumn: wrapColumn(lines) })
  options.signal?.throwIfAborted()
  // A dotted capital I is the one letter whose small form is longer; offsets must not move.
  const folded = fold(text.replace(/\u0130/gu, 'I'))
  const { register, today } = options
  const head = readHead({ text, folded, lines, regions, blocks, register })
  const ground: Ground = {
    text,
    folded,
    blocks,
    clauses: clauseTree(text, blocks),
    head,
    register,
    today,
    day: head.issuedOn ?? today,
    outside: outsideOf(regions, lines),
  }
  const legalBases = findBases(ground)
  const hotlines = findHotlines(ground)
  options.signal?.throwIfAborted()
  const duties = findDuties(ground)
  options.signal?.throwIfAborted()
  return {
    text,
    document: head,
    legalBases,
    clauses: ground.clauses,
    periods: findPeriods(ground),
    themes: findThemes(ground),
    slogans: findSlogans(ground),
    hotlines,
    audiences: findAudiences(ground),
    targets: findTargets(ground),
    channels: findChannels(ground),
    duties,
    warnings: findWarnings(ground, { legalBases, hotlines, duties }),
  }
}

function outsideOf(regions: Regions, lines: readonly { start: number; end: number }[]): Span[] {
  const spans: [number, number][] = []
  let last = -2
  for (const [i, region] of regions.of.entries()) {
    const line = lines[i]
    if (!line || (region !== 'head' && region !== 'tail')) continue
    const open = spans.at(-1)
    if (open && last === i - 1) open[1] = line.end
    else spans.push([line.start, line.end])
    last = i
  }
  return spans
}

import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** An element as expat reads it; names are `{namespace}local`. */
export interface ReadElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly ReadElement[]
}

/** A feed as feedparser reads it. */
export interface ReadFeed {
  /** True where it was not well-formed or else not as it should be. */
  readonly bozo: boolean
  readonly version: string
  readonly title: string | null
  readonly language: string | null
  readonly entries: readonly {
    readonly id: string | null
    readonly title: string | null
    readonly link: string | null
    readonly summary: string | null
    readonly publishedIsRead: boolean
    readonly updated: string | null
  }[]
}

const SCRIPT = join(import.meta.dirname, 'read-feeds.py')
const python = ['/usr/bin/python3', 'python3'].find(
  (program) => spawnSync(program, ['-c', 'import feedparser']).status === 0,
)

/** Why feeds cannot be read by others here, with the remedy; null when they can. */
export const whyNoReader = python ? null : 'no feedparser here; get it with: apt-get install python3-feedparser'
/** The same for the checker of libxml2. */
export const whyNoXmllint =
  spawnSync('xmllint', ['--version']).status === 0
    ? null
    : 'no xmllint here; get it with: apt-get install libxml2-utils'

/** @throws Error where one of them is not well-formed XML. */
export function readByOthers(feeds: readonly string[]): { readonly root: ReadElement; readonly read: ReadFeed }[] {
  const input = JSON.stringify(feeds)
  const output = execFileSync(python ?? '', [SCRIPT], { input, encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 })
  return JSON.parse(output) as ReturnType<typeof readByOthers> // as read-feeds.py writes it
}

/** What libxml2 has against it; '' for nothing. */
export function complaintOfXmllint(feed: string): string {
  return spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: feed, encoding: 'utf8' }).stderr
}

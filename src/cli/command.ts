import type { ParseArgsConfig } from 'node:util'
import type { Words } from '../app/wording/words.ts'
import type { Config } from '../platform/config/index.ts'

/** What a command works with. */
export interface Surroundings {
  readonly config: Config
  readonly w: Words
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  /** What was given beside the options, in the order in which the command names it. */
  readonly given: readonly string[]
  print(line: string): void
}

/** One command of `loa`. Its sentence in the list of commands has the key `cli_<words joined by _>`. */
export interface Command {
  /** Names of what is to be given, as `FILE`; at the end `[CODE]` may be left out. */
  readonly takes: readonly string[]
  readonly options?: NonNullable<ParseArgsConfig['options']>
  /** Answers the exit code: 0 done, 2 a no that a person can act on. A fault is thrown and ends with 1. */
  run(surroundings: Surroundings): Promise<number>
}

export const DONE = 0
export const FAULT = 1
export const REFUSED = 2

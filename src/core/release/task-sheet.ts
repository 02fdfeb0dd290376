import type { Day } from '../kernel/index.ts'

/** A sheet of paper for who does something at a manual outlet (tờ việc): all its words as they are printed. */
export interface TaskSheet {
  /** Above the title, small. */
  readonly kicker: string
  readonly title: string
  /** Where, when, by whom: a name and what it is. */
  readonly facts: readonly (readonly [name: string, words: string])[]
  /** What is read out, hung up or handed out, in each language of the outlet. */
  readonly texts: readonly { readonly heading: string; readonly words: string }[]
  readonly hotlines: readonly { readonly name: string; readonly number: string }[]
  /** What is ticked off by hand. */
  readonly ticks: readonly string[]
  /** The line on which who did it signs. */
  readonly signHere: string
  /** Where the code leads that a phone reads: the form of proof of this very task. */
  readonly address: string
  readonly addressWords: string
}

export interface TaskSheets {
  readonly title: string
  readonly madeOn: Day
  readonly sheets: readonly TaskSheet[]
}

/** Draws sheets as one PDF of A4, each on a page of its own; the platform implements it. */
export interface SheetMaker {
  /** @throws Refusal `document.letters_missing` */
  pdf(sheets: TaskSheets): Promise<Uint8Array>
}

let maker: SheetMaker | null = null

/** Says what draws sheets; the app calls it once. */
export function makeSheetsWith(given: SheetMaker): void {
  maker = given
}

/** @throws Error where the app has not said what draws sheets */
export function sheetMaker(): SheetMaker {
  if (!maker) throw new Error('Nothing draws sheets yet: call makeSheetsWith() when the app opens')
  return maker
}

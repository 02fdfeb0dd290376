import type { Paragraph } from './blocks.ts'
import type { BodyName } from './body-names.ts'
import type { DutyMode } from './reading.ts'
import type { Subject } from './subjects.ts'
import type { Word } from './words.ts'
import type { Zone } from './zones.ts'

/** Bodies as some words name them, kept with those words so that they can be shown and resolved later. */
export interface Named {
  readonly words: readonly Word[]
  readonly names: readonly BodyName[]
}

/** On whom the paragraphs at hand are laid by what stands above or before them. */
export interface Scope {
  readonly zone: Zone
  readonly named: Named | null
  readonly mode: DutyMode
  /** 0 right under the heading that names the bodies; each clause between makes it less sure. */
  readonly distance: number
  /** Laid by a sentence (`yêu cầu các phòng … như sau:`), not by a heading. */
  readonly bySentence: boolean
}

export const NOBODY: Scope = { zone: 'work', named: null, mode: 'ordered', distance: 0, bySentence: false }

/** A duty as found, its bodies not yet resolved. */
export interface Draft {
  readonly paragraph: Paragraph
  /** First word of the duty's text and the one after its last, in the paragraph's words. */
  readonly from: number
  readonly to: number
  /** Where its verb phrase begins. */
  readonly verb: number
  readonly named: Named
  readonly mode: DutyMode
  readonly confidence: number
  /** Set where the words around say it: `Đơn vị phối hợp: …`. */
  readonly coordinates: boolean
}

export function under(scope: Scope, paragraph: Paragraph, subject: Subject): Scope {
  return {
    ...scope,
    named: { words: paragraph.words, names: subject.names },
    mode: subject.mode ?? scope.mode,
    distance: 0,
    bySentence: subject.goesOn === 'predicate' || subject.goesOn === 'other',
  }
}

import type { Paragraph } from './blocks.ts'
import { bodiesAt } from './body-names.ts'
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
  /** Whom those bodies are told to direct in all that follows. */
  readonly directs: Named | null
  /** 0 right under the heading that names the bodies; each clause between makes it less sure. */
  readonly distance: number
  /** Laid by a sentence (`yêu cầu các phòng … như sau:`), not by a heading. */
  readonly bySentence: boolean
}

export const NOBODY: Scope = {
  zone: 'work',
  named: null,
  directs: null,
  mode: 'ordered',
  distance: 0,
  bySentence: false,
}

/** Some words of a paragraph, by their first and the one after the last. */
export interface Stretch {
  readonly paragraph: Paragraph
  readonly from: number
  readonly to: number
}

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
  readonly directs: Named | null
  readonly confidence: number
  /** Set where the words around say it: `Đơn vị phối hợp: …`. */
  readonly coordinates: boolean
  /** Where its time stands apart from its words: `Thời gian: tháng 3/2024`. */
  readonly when: Stretch | null
}

export function under(scope: Scope, paragraph: Paragraph, subject: Subject): Scope {
  return {
    ...scope,
    directs: directed(paragraph.words, subject.next),
    named: { words: paragraph.words, names: subject.names },
    mode: subject.mode ?? scope.mode,
    distance: 0,
    bySentence: subject.goesOn === 'predicate' || subject.goesOn === 'other',
  }
}

/** `… chỉ đạo các đài truyền thanh cấp xã các nội dung sau:` names a second level for all that follows. */
function directed(words: readonly Word[], at: number): Named | null {
  if (words[at]?.folded !== 'chỉ' || words[at + 1]?.folded !== 'đạo') return null
  const list = bodiesAt(words, at + 2)
  return list && { words, names: list.names }
}

import type { Words } from '#app/wording/words.ts'
import type { TargetResult } from '#core/figure/index.ts'
import { numberWords } from '#web/lib/number-words.ts'
import { figureWords } from '#web/lib/figure-words.ts'

/** Targets of a plan as a table shows them. */
export function targetsShown(w: Words, targets: readonly TargetResult[]) {
  return targets.map(({ text, value, valueTo, unit, indicator, reached, isRate, percent }) => ({
    text,
    indicator,
    isRate,
    wanted:
      [value, valueTo]
        .filter((one) => one !== null)
        .map((one) => numberWords(one, w.language))
        .join(' – ') + (unit ? ` ${unit}` : ''),
    reached: indicator === null ? '' : figureWords(reached.counted, w.language),
    estimated: reached.estimated === 0n ? '' : figureWords(reached.estimated, w.language),
    percent,
  }))
}

export type ShownTarget = ReturnType<typeof targetsShown>[number]

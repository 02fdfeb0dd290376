import type { Words } from '#app/wording/words.ts'

/** What a device tells is wrong with it, in words; what we have no words for as it came. */
export function faultWords(w: Words, faults: readonly string[]): string {
  return faults.map((one) => (w.has(`station_fault_${one}`) ? w(`station_fault_${one}`) : one)).join(', ')
}

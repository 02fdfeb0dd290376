/** Marks VNI-Windows puts after a plain vowel (VNI Software, *VNI-Windows character set*): acute, grave, hook, tilde, dot below. */
const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
const PLAIN = 'ùøûõï'
const BREVE = 'êéèúüë'
const CIRCUMFLEX = 'âáàåãä'
const SINGLE: Readonly<Record<string, string>> = {
  í: 'í',
  ì: 'ì',
  æ: 'ỉ',
  ó: 'ĩ',
  ò: 'ị',
  î: 'ỵ',
  ñ: 'đ',
  ô: 'ơ',
  ö: 'ư',
}
const TABLE = letterTable()
const UNITS = new RegExp([...TABLE.keys()].sort((a, b) => b.length - a.length).join('|'), 'g')

/** Turns a text whose VNI bytes were taken for windows-1252 into Unicode: `Keá hoaïch` → `Kế hoạch`. */
export function fromVni(text: string): string {
  return text.replace(UNITS, (unit) => TABLE.get(unit) ?? unit)
}

function letterTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  const add = (unit: string, letter: string): void => {
    const whole = letter.normalize('NFC')
    table.set(unit, whole)
    table.set(unit.toUpperCase(), whole.toUpperCase())
    if (unit.length > 1) table.set((unit[0] ?? '').toUpperCase() + unit.slice(1), whole.toUpperCase())
  }
  for (const vowel of 'aeouy') addMarked(add, vowel, vowel, PLAIN)
  for (const [unit, letter] of [
    ['ô', 'ơ'],
    ['ö', 'ư'],
  ] as const)
    addMarked(add, unit, letter, PLAIN)
  for (const vowel of 'aeo') addShaped(add, vowel, '\u0302', CIRCUMFLEX)
  addShaped(add, 'a', '\u0306', BREVE)
  for (const [unit, letter] of Object.entries(SINGLE)) add(unit, letter)
  return table
}

type Add = (unit: string, letter: string) => void

function addMarked(add: Add, unit: string, letter: string, marks: string): void {
  TONES.forEach((tone, index) => add(unit + (marks[index] ?? ''), letter + tone))
}

function addShaped(add: Add, vowel: string, shape: string, marks: string): void {
  add(vowel + (marks[0] ?? ''), vowel + shape)
  addMarked(add, vowel, vowel + shape, marks.slice(1))
}

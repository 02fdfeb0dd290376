const ROMAN = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
] as const

/** A list number as Word prints it (ECMA-376 part 1, 17.18.59 ST_NumberFormat); decimal for kinds not known here. */
export function formatNumber(value: number, kind: string): string {
  switch (kind) {
    case 'lowerLetter':
      return letters(value)
    case 'upperLetter':
      return letters(value).toUpperCase()
    case 'lowerRoman':
      return roman(value)
    case 'upperRoman':
      return roman(value).toUpperCase()
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'none':
      return ''
    default:
      return String(value)
  }
}

// After z comes aa, then bb: Word repeats the letter and does not count in base 26.
function letters(value: number): string {
  if (value < 1 || value > 780) return String(value)
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
}

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value)
  let left = value
  let printed = ''
  for (const [sign, worth] of ROMAN) {
    while (left >= worth) {
      printed += sign
      left -= worth
    }
  }
  return printed
}

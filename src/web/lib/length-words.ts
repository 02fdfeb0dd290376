/** A length to the hundredth of a second, so that what stands on a page adds up: 100 → `1'40"`, 12.5 → `0'12,5"`. */
export function lengthWords(seconds: number): string {
  const hundredths = Math.round(seconds * 100)
  const rest = (hundredths % 6000) / 100
  const [whole = '', part] = String(rest).split('.')
  return `${Math.floor(hundredths / 6000)}'${whole.padStart(2, '0')}${part ? `,${part}` : ''}"`
}

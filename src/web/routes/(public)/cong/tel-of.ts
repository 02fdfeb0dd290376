/** A number as a telephone dials it (RFC 3966): what parts it for the eye is left out. */
export function telOf(number: string): string {
  return `tel:${number.replace(/[^\d+*#]/g, '')}`
}

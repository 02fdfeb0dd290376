import type { PackageFormat } from './bridge-package.ts'

let format: PackageFormat | null = null

/** Says how packages are written and read; the app calls it once. */
export function packWith(given: PackageFormat): void {
  format = given
}

export function packageFormat(): PackageFormat {
  if (!format) throw new Error('Nobody has said how packages are written: call packWith before')
  return format
}

/** A stretch of words of one look. */
export interface Inline {
  readonly text: string
  readonly strong: boolean
  /** Where a link leads; null for plain words. */
  readonly href: string | null
}

/** What the body of a message is made of. Facts stand in it by value already. */
export type TextBlock =
  | { readonly kind: 'heading'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'quote'; readonly inlines: readonly Inline[] }
  /** `media` names a file of the media library; `alternative` says in words what it shows. */
  | { readonly kind: 'image'; readonly media: string; readonly alternative: string }

/** The words alone; a link keeps its words, not its address. */
export function plainOf(inlines: readonly Inline[]): string {
  return inlines.map((inline) => inline.text).join('')
}

import { formatNumber } from '../list-number.ts'

const KINDS: Readonly<Record<string, string>> = { a: 'lowerLetter', A: 'upperLetter', i: 'lowerRoman', I: 'upperRoman' }

/** The markers a browser would print before the items of lists. */
export class HtmlLists {
  readonly #open: { ordered: boolean; kind: string; next: number }[] = []

  /** The marker to print, with its space, when the tag opens an item; '' otherwise. */
  open(name: string, attributes: Record<string, string>): string {
    if (name === 'ul') this.#open.push({ ordered: false, kind: 'bullet', next: 1 })
    if (name === 'ol')
      this.#open.push({
        ordered: true,
        kind: KINDS[attributes['type'] ?? ''] ?? 'decimal',
        next: wholeNumber(attributes['start']) ?? 1,
      })
    if (name !== 'li') return ''
    const list = this.#open.at(-1)
    if (!list) return ''
    if (!list.ordered) return '- '
    const number = wholeNumber(attributes['value']) ?? list.next
    list.next = number + 1
    return `${formatNumber(number, list.kind)}. `
  }

  close(name: string): void {
    if (name === 'ul' || name === 'ol') this.#open.pop()
  }
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null
}

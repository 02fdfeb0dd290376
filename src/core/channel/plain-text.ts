import { plainOf, type TextBlock } from './text-block.ts'
import type { MasterText } from './channel.ts'

/** The body as plain lines: a list as dashes, a picture left out. */
export function linesOf(body: readonly TextBlock[]): string[] {
  return body.flatMap((block) => {
    switch (block.kind) {
      case 'list':
        return block.items.map((item) => `- ${plainOf(item).trim()}`)
      case 'image':
        return []
      case 'quote':
        return [`“${plainOf(block.inlines).trim()}”`]
      case 'heading':
      case 'paragraph':
        return [plainOf(block.inlines).trim()]
      default:
        return block satisfies never
    }
  })
}

/** Parts of a text that are not empty, each on a paragraph of its own. */
export function paragraphs(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The sentences of a text, each with its full stop. Linear; `TP. Lào Cai` and `2.155` end none. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+(?=["“(]?\p{Lu})|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

/** Whom to call, as one line; '' when the message names nobody. */
export function hotlineLine({ hotlines }: Pick<MasterText, 'hotlines'>): string {
  return hotlines.map(({ name, number }) => `${name}: ${number}`).join('. ')
}

/** `closing`, with the first hotline put behind it unless it says the number already: no way out loses the number. */
export function withHotline(closing: string, { hotlines }: Pick<MasterText, 'hotlines'>): string {
  const [first] = hotlines
  if (!first || closing.includes(first.number)) return closing
  return `${closing} ${first.name}: ${first.number}.`.trim()
}

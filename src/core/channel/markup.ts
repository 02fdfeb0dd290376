import { marked, type Token, type Tokens } from 'marked'
import type { Inline, TextBlock } from './text-block.ts'

/** How a picture of the media library stands in a text: `![what it shows](media:<id>)`. */
const MEDIA = /^media:(.+)$/

/**
 * Reads the markup of a body: a small part of Markdown (CommonMark 0.31): headings, lists, quotes, strong words, links and
 * pictures of the media library. Everything else, HTML too, is kept as the words that were typed; nothing is lost.
 */
export function readMarkup(markup: string): TextBlock[] {
  return marked.lexer(markup.normalize('NFC'), { gfm: true, breaks: false }).flatMap(blocksOf)
}

function blocksOf(token: Token): TextBlock[] {
  switch (token.type) {
    case 'space':
    case 'def':
      return []
    case 'heading':
      return [{ kind: 'heading', inlines: inlinesOf(token.tokens ?? []) }]
    case 'blockquote': {
      const inner = (token.tokens ?? []).flatMap(blocksOf)
      return inner.map((block) => (block.kind === 'paragraph' ? { kind: 'quote', inlines: block.inlines } : block))
    }
    case 'list': {
      const list = token as Tokens.List // marked types its tokens by this very field
      return [{ kind: 'list', ordered: list.ordered, items: list.items.flatMap(itemsOf) }]
    }
    case 'paragraph':
      return paragraphOf(token.tokens ?? [])
    default:
      return [{ kind: 'paragraph', inlines: words(token.raw.trim()) }]
  }
}

/** An item and the items below it, one level: a loudspeaker and a short message know no nesting. */
function itemsOf(item: Tokens.ListItem): Inline[][] {
  const own = item.tokens.flatMap((token) =>
    token.type === 'list' ? [] : inlinesOf('tokens' in token ? (token.tokens ?? [token]) : [token]),
  )
  const below = item.tokens.flatMap((token) =>
    token.type === 'list' ? (token as Tokens.List).items.flatMap(itemsOf) : [],
  )
  return [own, ...below]
}

/** A picture stands as a block of its own, wherever in the paragraph it was typed. */
function paragraphOf(tokens: readonly Token[]): TextBlock[] {
  const blocks: TextBlock[] = []
  let run: Token[] = []
  const flush = () => {
    const inlines = inlinesOf(run)
    if (inlines.some((inline) => inline.text.trim() !== '')) blocks.push({ kind: 'paragraph', inlines })
    run = []
  }
  for (const token of tokens) {
    const media = token.type === 'image' ? MEDIA.exec((token as Tokens.Image).href) : null
    if (!media) run.push(token)
    else {
      flush()
      blocks.push({ kind: 'image', media: media[1] ?? '', alternative: (token as Tokens.Image).text })
    }
  }
  flush()
  return blocks
}

function inlinesOf(tokens: readonly Token[], strong = false, href: string | null = null): Inline[] {
  return tokens.flatMap((token): Inline[] => {
    switch (token.type) {
      case 'strong':
        return inlinesOf(token.tokens ?? [], true, href)
      case 'em':
        return inlinesOf(token.tokens ?? [], strong, href)
      case 'link':
        return inlinesOf(token.tokens ?? [], strong, (token as Tokens.Link).href)
      case 'br':
        return [{ text: ' ', strong, href }]
      case 'text':
      case 'escape':
        return 'tokens' in token && token.tokens
          ? inlinesOf(token.tokens, strong, href)
          : [{ text: unescaped((token as Tokens.Text).text).replace(/\s*\n\s*/g, ' '), strong, href }]
      default:
        return [{ text: token.raw, strong, href }]
    }
  })
}

/** marked escapes what HTML would need; here the words themselves are wanted. */
function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
}
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const

function words(text: string): Inline[] {
  return [{ text, strong: false, href: null }]
}

/** The markup of blocks, so that what was composed can be edited: `readMarkup(writeMarkup(blocks))` says the same. */
export function writeMarkup(blocks: readonly TextBlock[]): string {
  return blocks.map(markupOf).join('\n\n')
}

function markupOf(block: TextBlock): string {
  switch (block.kind) {
    case 'heading':
      return `## ${inlineMarkup(block.inlines)}`
    case 'paragraph':
      return inlineMarkup(block.inlines)
    case 'quote':
      return `> ${inlineMarkup(block.inlines)}`
    case 'list':
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${inlineMarkup(item)}`).join('\n')
    case 'image':
      return `![${block.alternative}](media:${block.media})`
    default:
      return block satisfies never
  }
}

function inlineMarkup(inlines: readonly Inline[]): string {
  return inlines
    .map(({ text, strong, href }) => {
      const words = strong ? `**${text}**` : text
      return href === null ? words : `[${words}](${href})`
    })
    .join('')
}

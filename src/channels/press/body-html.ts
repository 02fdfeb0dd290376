import type { Inline, TextBlock } from '../../core/channel/index.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Words as HTML reads them. */
export function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')
}

/** What a picture is shown by; null for one that may not be shown. */
export type PictureAddress = (mediaId: string) => string | null

/** The blocks of a body as HTML: nothing in it runs, and its links lead to the web, to a telephone or to mail alone. */
export function htmlOf(blocks: readonly TextBlock[], addressOf: PictureAddress): string {
  return blocks.map((block) => blockHtml(block, addressOf)).join('\n')
}

function blockHtml(block: TextBlock, addressOf: PictureAddress): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${inlinesHtml(block.inlines)}</h2>`
    case 'paragraph':
      return `<p>${inlinesHtml(block.inlines)}</p>`
    case 'quote':
      return `<blockquote><p>${inlinesHtml(block.inlines)}</p></blockquote>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      return `<${name}>${block.items.map((item) => `<li>${inlinesHtml(item)}</li>`).join('')}</${name}>`
    }
    case 'image': {
      const address = addressOf(block.media)
      return address === null ? '' : `<p><img src="${escaped(address)}" alt="${escaped(block.alternative)}"></p>`
    }
    default:
      return block satisfies never
  }
}

function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines
    .map(({ text, strong, href }) => {
      const words = strong ? `<strong>${escaped(text)}</strong>` : escaped(text)
      return href !== null && /^(https?:\/\/|tel:|mailto:)/i.test(href)
        ? `<a href="${escaped(href)}">${words}</a>`
        : words
    })
    .join('')
}

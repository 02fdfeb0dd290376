import { Refusal } from '../kernel/index.ts'
import type { Block, PaperContent } from './paper.ts'

/** Degrees and forms of address, which do not stand before the name of who signs (annex I, part I, II.7c). */
const TITLED = /^(GS|PGS|TS|ThS|BS|KS|CN|NGND|NGƯT|Ông|Bà|Đồng chí|Đ\/c)[.\s]/iu

/** `MẬT`, `(TỐI MẬT)`, `Độ mật: Tuyệt mật`: a degree of secrecy that stands alone. */
const SECRET = /^[\p{P}\s]*(độ mật\s*:\s*)?(tuyệt\s+|tối\s+)?mật[\p{P}\s]*$/iu

/**
 * Why these words cannot be a document of Loa's; null when they can.
 *
 * A document with a degree of secrecy (block 10a) is no document of Loa's: it is numbered, registered, kept and sent as the
 * law on state secrets says (decree 30/2020, articles 15.2, 16.3, 18.2), not in a system on a network. So no degree is
 * offered, and one that somebody types is refused rather than drawn (decision 0009).
 *
 * @returns `document.secret` with the words, or `document.titled` with the name
 */
export function whyNotContent(content: PaperContent): Refusal | null {
  const { circulation, copies, subject, body, annexes, signature } = content
  const secret = Object.entries({ circulation, copies, subject }).find(([, words]) => SECRET.test(words))
  if (secret) return new Refusal('document.secret', { words: secret[1] }, `content.${secret[0]}`)
  const marked = [...body, ...annexes.flatMap((annex) => annex.body)].map(textOf).find(isMark)
  if (marked !== undefined) return new Refusal('document.secret', { words: marked }, 'content.body')
  const titled = TITLED.test(signature.name)
  return titled ? new Refusal('document.titled', { name: signature.name }, 'content.signature.name') : null
}

const textOf = (block: Block) => ('text' in block ? block.text : '')

/** In the text only as a stamp is lettered: “Mật” alone may be a title about honey. */
function isMark(words: string): boolean {
  return SECRET.test(words) && words === words.toLocaleUpperCase('vi')
}

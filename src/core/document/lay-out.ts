import { balanced, dayInWords, inCapitals, numberLine, placeAndDay, symbolOf, twoDigits } from './head-words.ts'
import { numbersOf, roman } from './numbering.ts'
import { DOCUMENT_TYPES, URGENCIES, type Block, type Paper } from './paper.ts'

type Table = Extract<Block, { kind: 'table' }>
type Picture = Extract<Block, { kind: 'picture' }>
/** `end`: the `./.` that stands alone, after a table or a picture. */
export type LineKind = Exclude<Block['kind'], 'table' | 'picture'> | 'end'

/** A paragraph with its number, a table, or a picture, as printed. */
export type Line =
  | { readonly kind: LineKind; readonly number: string; readonly text: string }
  | (Omit<Table, 'total'> & { readonly total: boolean })
  | (Picture & { readonly number: string })

export interface LaidOutAnnex {
  /** `Phụ lục`, or `Phụ lục I` where there are several. */
  readonly label: string
  readonly title: string
  /** `(Kèm theo Báo cáo số …)`. */
  readonly withWhat: string
  readonly body: readonly Line[]
}

/** Every word of a document as it stands on paper: who draws it decides nothing about words. */
export interface LaidOut {
  readonly superior: readonly string[]
  readonly issuer: readonly string[]
  readonly numberLine: string
  /** Of a letter alone: `V/v …`. */
  readonly about: string | null
  readonly placeAndDay: string
  /** Of all but letters: the name of the type and what it is about. */
  readonly heading: { readonly name: string; readonly subject: string } | null
  readonly urgency: string | null
  readonly circulation: string | null
  readonly addressees: readonly string[]
  readonly body: readonly Line[]
  /** `other`: another post of who signs, between the signature and the name. */
  readonly signature: { readonly lines: readonly string[]; readonly other: string | null; readonly name: string }
  readonly receivers: readonly string[]
  readonly copies: string | null
  readonly contact: readonly string[]
  readonly annexes: readonly LaidOutAnnex[]
  /** For the properties of the file. */
  readonly properties: { readonly title: string; readonly author: string; readonly madeOn: string }
}

/** Sets a document by decree 30/2020/NĐ-CP, annex I: pure, and the same for the same document. */
export function layOut(paper: Paper): LaidOut {
  const { type, subject, addressees, number, signature } = paper
  const { name } = DOCUMENT_TYPES[type]
  const symbol = symbolOf(type, paper.abbreviation, paper.unit)
  const isLetter = type === 'letter'
  return {
    superior: paper.superior === null ? [] : balanced(inCapitals(paper.superior)),
    issuer: balanced(inCapitals(paper.issuer)),
    numberLine: numberLine(number, symbol),
    about: isLetter ? `V/v ${uncapped(subject)}` : null,
    placeAndDay: placeAndDay(paper, paper.issuedOn),
    heading: isLetter ? null : { name: inCapitals(name), subject },
    urgency: paper.urgency && URGENCIES[paper.urgency],
    circulation: paper.circulation ? inCapitals(paper.circulation) : null,
    addressees: addressees.length === 1 ? addressees : listed(addressees),
    body: withEnd(linesOf(paper.body)),
    signature: {
      lines: [...signature.authority.map(({ prefix, of }) => `${prefix} ${of}`), signature.position]
        .filter(Boolean)
        .map(inCapitals),
      other: signature.otherPosition ? inCapitals(signature.otherPosition) : null,
      name: signature.name,
    },
    receivers: receiversOf(paper),
    copies: paper.copies || null,
    contact: paper.contact ? paper.contact.split('\n') : [],
    annexes: paper.annexes.map((annex, at, all) => ({
      label: all.length > 1 ? `Phụ lục ${roman(at + 1)}` : 'Phụ lục',
      title: inCapitals(annex.title),
      withWhat: withWhat(paper, symbol),
      body: withEnd(linesOf(annex.body)),
    })),
    properties: {
      title: isLetter ? subject : `${name} ${uncapped(subject)}`,
      author: paper.issuer,
      madeOn: paper.madeOn,
    },
  }
}

/** As words go on after `V/v` or the name of the type: begun small, without `Về việc`; a name keeps its capital. */
function uncapped(subject: string): string {
  const words = subject.replace(/^(V\/v|Về việc)\s+/u, '')
  const begins = /^\p{Lu}\p{Ll}+ \p{Ll}/u.test(words)
  return begins ? words.charAt(0).toLocaleLowerCase('vi') + words.slice(1) : words
}

/** Blocks with their numbers, as printed. */
export function linesOf(blocks: readonly Block[]): Line[] {
  const numbers = numbersOf(blocks)
  return blocks.map((block, at) => {
    if (block.kind === 'table') return block
    if (block.kind === 'picture') return { ...block, number: `${numbers[at] ?? ''}.` }
    const text = block.kind === 'part' || block.kind === 'section' ? inCapitals(block.text) : block.text
    return { kind: block.kind, number: numbers[at] ?? '', text: block.kind === 'basis' ? basis(blocks, at) : text }
  })
}

/** Each basis ends with a semicolon, the last of them with a full stop (annex I, part I, II.6a). */
function basis(blocks: readonly Block[], at: number): string {
  const block = blocks[at]
  const words = block?.kind === 'basis' ? block.text.replace(/[;.,]+$/u, '') : ''
  return `${words}${blocks[at + 1]?.kind === 'basis' ? ';' : '.'}`
}

/** The text ends with `./.`, after a table or a picture in a line of its own. */
function withEnd(lines: readonly Line[]): Line[] {
  const last = lines.at(-1)
  if (!last) return []
  if (!('text' in last)) return [...lines, { kind: 'end', number: '', text: './.' }]
  return [...lines.slice(0, -1), { ...last, text: `${last.text.replace(/(\.\/)?\.$/u, '')}./.` }]
}

/** Hashes of the pictures that it shows, each once. */
export function picturesIn({ body, annexes }: Pick<Paper, 'body' | 'annexes'>): string[] {
  const blocks = [body, ...annexes.map((annex) => annex.body)].flat()
  return [...new Set(blocks.flatMap((block) => (block.kind === 'picture' ? [block.sha256] : [])))]
}

function listed(names: readonly string[]): string[] {
  return names.map((name, at) => `- ${name}${at === names.length - 1 ? '.' : ';'}`)
}

/** `Như trên` first where somebody is addressed, `Lưu` last, always (annex I, part I, II.9). */
function receiversOf({ addressees, receivers, unit }: Paper): string[] {
  const named = [...(addressees.length > 0 ? ['Như trên'] : []), ...receivers]
  return [...named.map((name) => `- ${name};`), `- Lưu: ${['VT', unit].filter(Boolean).join(', ')}.`]
}

function withWhat({ type, form, number, issuedOn, issuer, superior }: Paper, symbol: string): string {
  const onPaper = form === 'paper' && number !== null
  const which = onPaper ? `${twoDigits(number)}/${symbol}` : `${'\u00a0'.repeat(6)}/${symbol}`
  const body = superior === null ? issuer : `${issuer}${placeOfSuperior(superior)}`
  return `(Kèm theo ${DOCUMENT_TYPES[type].name} số ${which} ${dayInWords(onPaper ? issuedOn : null)} của ${body})`
}

/** `UBND tỉnh Lào Cai` → ` tỉnh Lào Cai`: a department is named with its province. */
function placeOfSuperior(superior: string): string {
  const found = /(tỉnh|thành phố|xã|phường|đặc khu) .+$/iu.exec(superior)
  return found ? ` ${found[0]}` : ''
}

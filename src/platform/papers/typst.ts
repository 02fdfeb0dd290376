import { readFileSync } from 'node:fs'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFiles } from './fonts.ts'

/** A folder that is not there: a template sees the files that are handed to it, and no other. */
const FOLDER = '/loa'
/** Compilations after which what was not used again is forgotten: the cache would grow with every document. */
const FORGET_AFTER = 5

let compiler: NodeCompiler | null = null
const templates = new Map<string, string>()

type Template = 'paper' | 'task-sheet' | 'bulletin' | 'log-book'
type Files = Readonly<Record<string, Uint8Array>>

/**
 * Sets a template of this folder with its data and files as PDF. The same input gives the same bytes: the day in the
 * properties comes from the data, and the fonts are our own (given ones come before those of the machine).
 *
 * @throws Error for whatever Typst complains of: with a warning the paper would not look as it should
 */
export function compilePdf(template: Template, data: unknown, more: Files = {}): Uint8Array {
  return compiled(template, data, more, (using, document) => new Uint8Array(using.pdf(document)))
}

/** The same as one SVG with all pages, one below the other, and no script in it. */
export function compileSvg(template: Template, data: unknown, more: Files = {}): Uint8Array {
  return compiled(template, data, more, (using, document) => Buffer.from(using.plainSvg(document)))
}

function compiled<Drawn>(
  template: Template,
  data: unknown,
  more: Files,
  draw: (using: NodeCompiler, document: NodeTypstDocument) => Drawn,
): Drawn {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles() }], workspace: FOLDER })
  const given = { ...more, 'data.json': Buffer.from(JSON.stringify(data)) }
  for (const [name, bytes] of Object.entries(given)) compiler.mapShadow(`${FOLDER}/${name}`, Buffer.from(bytes))
  try {
    const result = compiler.compile({ mainFileContent: sourceOf(template) })
    const complaint = result.takeDiagnostics() ?? result.takeWarnings()
    if (complaint || !result.result) {
      throw new Error(`Typst complains of ${template}.typ: ${JSON.stringify(complaint?.shortDiagnostics)}`)
    }
    return draw(compiler, result.result)
  } finally {
    for (const name of Object.keys(given)) compiler.unmapShadow(`${FOLDER}/${name}`)
    compiler.evictCache(FORGET_AFTER)
  }
}

function sourceOf(template: string): string {
  const known = templates.get(template)
  if (known !== undefined) return known
  const source = readFileSync(new URL(`./${template}.typ`, import.meta.url), 'utf8')
  templates.set(template, source)
  return source
}

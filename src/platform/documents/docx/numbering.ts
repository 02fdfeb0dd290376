import { Parser } from 'htmlparser2'
import { formatNumber } from '../list-number.ts'

interface Level {
  kind: string
  /** `%1.%2)`: each `%n` stands for the number of level n. */
  text: string
  start: number
  plain: boolean
}

interface List {
  readonly levels: Map<number, Level>
  /** Levels that this list starts anew, though it shares its definition with others. */
  readonly restarts: Map<number, number>
  definition: string
}

/** Where a paragraph stands in Word's automatic numbering. */
export interface ListPlace {
  readonly list: string
  readonly level: number
}

/** Word's bullets by their place in the Symbol and Wingdings fonts; others print as `•`. */
const BULLETS: Readonly<Record<string, string>> = {
  '\uf02d': '-',
  '\uf0b7': '•',
  '\uf0a7': '▪',
  '\uf0d8': '➢',
  '\uf0fc': '✓',
  '\uf076': '❖',
  '\uf02b': '+',
  '\uf02a': '*',
  '¾': '-',
}

/** Counts Word's automatic numbers, which stand nowhere in the text of a file. */
export class Numbering {
  readonly #lists: ReadonlyMap<string, List>
  readonly #counts = new Map<string, number[]>()
  readonly #seen = new Set<string>()

  constructor(xml: string | null) {
    this.#lists = readLists(xml ?? '')
  }

  /** The marker Word prints before the next paragraph of this list, '' for none. Call once a paragraph, in order. */
  next(place: ListPlace): string {
    const list = this.#lists.get(place.list)
    const level = list?.levels.get(place.level)
    if (!list || !level) return ''
    const counts = this.#count(list, place)
    if (level.kind === 'bullet')
      return BULLETS[level.text] ?? (/[\ue000-\uf8ff]/.test(level.text) ? '•' : level.text.trim())
    if (level.kind === 'none') return level.text.replace(/%\d/g, '').trim()
    return level.text
      .replace(/%(\d)/g, (_, digit: string) => {
        const index = Number(digit) - 1
        const other = list.levels.get(index)
        return formatNumber(counts[index] ?? other?.start ?? 1, level.plain ? 'decimal' : (other?.kind ?? 'decimal'))
      })
      .trim()
  }

  // Lists of one definition go on counting together until one of them says where it starts (17.9.26, startOverride).
  #count(list: List, place: ListPlace): number[] {
    const counts = this.#counts.get(list.definition) ?? []
    this.#counts.set(list.definition, counts)
    const key = `${place.list}:${place.level}`
    const restart = list.restarts.get(place.level)
    const start = list.levels.get(place.level)?.start ?? 1
    if (!this.#seen.has(key) && restart !== undefined) counts[place.level] = restart
    else counts[place.level] = (counts[place.level] ?? start - 1) + 1
    this.#seen.add(key)
    for (let above = 0; above < place.level; above += 1) counts[above] ??= list.levels.get(above)?.start ?? 1
    counts.length = place.level + 1
    return counts
  }
}

function readLists(xml: string): ReadonlyMap<string, List> {
  const definitions = new Map<string, Map<number, Level>>()
  const lists = new Map<string, List>()
  let definition: Map<number, Level> | null = null
  let list: List | null = null
  let level: Level | null = null
  let override = -1
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const value = attributes['w:val'] ?? ''
        if (name === 'w:abstractNum') definitions.set(attributes['w:abstractNumId'] ?? '', (definition = new Map()))
        else if (name === 'w:num')
          lists.set(attributes['w:numId'] ?? '', (list = { levels: new Map(), restarts: new Map(), definition: '' }))
        else if (name === 'w:abstractNumId' && list) list.definition = value
        else if (name === 'w:lvlOverride') override = Number(attributes['w:ilvl'])
        else if (name === 'w:startOverride') list?.restarts.set(override, Number(value))
        else if (name === 'w:lvl') {
          level = { kind: 'decimal', text: '', start: 1, plain: false }
          const into = list?.levels ?? definition
          into?.set(Number(attributes['w:ilvl']), level)
        } else if (level && name === 'w:numFmt') level.kind = value
        else if (level && name === 'w:lvlText') level.text = value
        else if (level && name === 'w:start') level.start = Number(value)
        else if (level && name === 'w:isLgl') level.plain = value !== '0' && value !== 'false'
      },
      onclosetag(name) {
        if (name === 'w:lvl') level = null
        if (name === 'w:abstractNum') definition = null
        if (name === 'w:num') list = null
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  for (const each of lists.values()) {
    for (const [index, defined] of definitions.get(each.definition) ?? [])
      if (!each.levels.has(index)) each.levels.set(index, defined)
  }
  return lists
}

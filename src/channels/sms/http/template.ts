export type Values = Readonly<Record<string, string>>

/** How a value is written in its place. */
export type Place = 'url' | 'form' | 'json' | 'header'

/** A template with its marks replaced; a mark that nobody knows stays as it is. */
export function fill(template: string, values: Values, place: Place): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => {
    const value = values[name]
    return value === undefined ? mark : WRITTEN[place](value)
  })
}

const WRITTEN: Readonly<Record<Place, (value: string) => string>> = {
  url: encodeURIComponent,
  form: encodeURIComponent,
  json: (value) => JSON.stringify(value).slice(1, -1),
  // No line of its own can be added by what stands in a value.
  header: (value) => value.replace(/[\r\n]+/g, ' '),
}

/** Headers of a template, one a line. */
export function headersOf(template: string, values: Values): Record<string, string> {
  const lines = template.split('\n').flatMap((line) => {
    const found = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line)
    return found ? [[(found[1] ?? '').toLowerCase(), fill(found[2] ?? '', values, 'header')] as const] : []
  })
  return Object.fromEntries(lines)
}

/** What stands at a path, as `data.0.id`; null where nothing does, or no text, number or yes. */
export function at(path: string, value: unknown): string | null {
  let here = value
  for (const step of path.split('.').filter(Boolean)) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return null
    here = (here as Record<string, unknown>)[step] // it has it, as just looked at
  }
  return typeof here === 'string' || typeof here === 'number' || typeof here === 'boolean' ? String(here) : null
}

/** JSON, or null for what is none. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null // an answer in words: only its status counts
  }
}

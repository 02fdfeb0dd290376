import { resolve } from 'node:path'
import * as v from 'valibot'

const text = v.pipe(v.string(), v.trim(), v.nonEmpty())
const PORT_TAKEN_BY_DEFAULT = 3474

/** What the surroundings may set. `.env.example` shows the same names in the same order: a test compares them. */
export const Settings = v.object({
  DATABASE_URL: v.optional(v.pipe(text, v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'))),
  LOA_DATA: v.optional(text, 'var'),
  PORT: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(1), v.maxValue(65_535))),
  HOST: v.optional(text, '127.0.0.1'),
  ORIGIN: v.optional(v.pipe(text, v.url())),
  LOA_LANGUAGE: v.optional(v.picklist(['vi', 'en'])),
  LOA_NO_USERNS: v.optional(v.picklist(['0', '1']), '0'),
})

export interface Config {
  /** Null means the embedded database in `dataFolder`. */
  readonly databaseUrl: string | null
  /** Absolute. Holds the embedded database and the files by content hash. */
  readonly dataFolder: string
  readonly filesFolder: string
  readonly host: string
  readonly port: number
  /** True when the port was asked for: then another is no substitute. */
  readonly portIsFixed: boolean
  /** As people type it, behind a proxy; null when it is the address we listen on. */
  readonly origin: string | null
  readonly language: 'vi' | 'en'
  /** What a path on the command line is relative to. */
  readonly calledFrom: string
  readonly allowNamespaces: boolean
  /** npm started us: who kills it means us, too. */
  readonly underNpm: boolean
}

/**
 * The one reader of the environment.
 *
 * @throws Error that names each wrong setting and its remedy.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = v.safeParse(Settings, given)
  if (!result.success) {
    const problems = result.issues.map((issue) => `${v.getDotPath(issue)} is "${issue.input}": ${issue.message}`)
    throw new Error(`${problems.join('; ')}; see .env.example for what each setting may be`)
  }
  const settings = result.output
  const dataFolder = resolve(import.meta.dirname, '../../..', settings.LOA_DATA)
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    dataFolder,
    filesFolder: resolve(dataFolder, 'files'),
    host: settings.HOST,
    port: settings.PORT ?? PORT_TAKEN_BY_DEFAULT,
    portIsFixed: settings.PORT !== undefined,
    origin: settings.ORIGIN ?? null,
    // The machine's own language decides only between the two we speak.
    language: settings.LOA_LANGUAGE ?? (environment['LANG']?.startsWith('en') ? 'en' : 'vi'),
    // npm runs its scripts in the folder of the project, and says where it was called.
    calledFrom: environment['INIT_CWD'] ?? process.cwd(),
    allowNamespaces: settings.LOA_NO_USERNS !== '1',
    underNpm: environment['npm_lifecycle_event'] !== undefined,
  }
}

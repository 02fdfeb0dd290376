/** The command line: `npm run loa -- plan read FILE`. Ends with 0 done, 2 refused, 1 a fault of ours. */
import { parseArgs } from 'node:util'
import { readWording } from '../app/wording/read-wording.ts'
import { sentenceOf, type Words } from '../app/wording/words.ts'
import { Refusal } from '../core/kernel/refusal.ts'
import { readConfig } from '../platform/config/index.ts'
import { DONE, FAULT, REFUSED, type Command } from './command.ts'
import { COMMANDS } from './commands.ts'

// What is piped on, as to `head`, may close before we are done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? DONE : FAULT))
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  let w: Words | null = null
  try {
    const config = readConfig()
    w = readWording(config.language)
    const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((words) => Object.hasOwn(COMMANDS, words))
    const load = name === undefined ? undefined : COMMANDS[name]
    if (name === undefined || !load) return await help(w, args)
    const command = await load()
    const read = readArguments(command, args.slice(name.split(' ').length))
    if (!read || !fits(command, read.given.length)) {
      console.error(w('cli_usage', { usage: usageOf(name, command) }))
      return REFUSED
    }
    return await command.run({ config, w, ...read, print: (line) => console.log(line) })
  } catch (error) {
    if (error instanceof Refusal && w) {
      console.error(sentenceOf(w, error))
      return REFUSED
    }
    console.error(error instanceof Error ? error.message : error)
    if (error instanceof Error && error.cause) console.error(error.cause)
    return FAULT
  }
}

function fits({ takes }: Command, given: number): boolean {
  return given <= takes.length && given >= takes.filter((name) => !name.startsWith('[')).length
}

function readArguments({ options }: Command, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return { options: values as Record<string, string | boolean | undefined>, given: positionals }
  } catch {
    return null
  }
}

async function help(w: Words, args: readonly string[]): Promise<number> {
  const asked = args.length === 0 || args.includes('--help') || args[0] === 'help'
  const lines = [asked ? w('cli_title') : w('cli_unknown', { words: args.join(' ') }), '']
  for (const [name, load] of Object.entries(COMMANDS)) {
    lines.push(`  ${usageOf(name, await load())}`, `      ${w(`cli_${name.replace(' ', '_')}`)}`)
  }
  console[asked ? 'log' : 'error'](lines.join('\n'))
  return asked ? DONE : REFUSED
}

function usageOf(name: string, { takes, options = {} }: Command): string {
  const wished = Object.entries(options).map(([option, { type }]) => `[--${option}${type === 'string' ? ' …' : ''}]`)
  return ['loa', name, ...takes, ...wished].join(' ')
}

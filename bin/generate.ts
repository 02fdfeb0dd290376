/** Writes the row types of the newest migrations to src/core/kernel/database.gen.ts. `--check` only says if they differ. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { migrate, migrationsIn, startEmbedded } from '../src/platform/database/index.ts'

const root = join(import.meta.dirname, '..')
const typesFile = join(root, 'src/core/kernel/database.gen.ts')
const headFile = join(root, 'migrations/HEAD')

const folder = await mkdtemp(join(tmpdir(), 'loa-generate-'))
const server = await startEmbedded({ folder, durable: false })
try {
  await migrate(server.url, join(root, 'migrations')).catch((error: Error) => {
    if (process.argv.includes('--check')) throw error
    console.error(`${error.message}: ${error.cause}. The types hold the tables before it.`)
    process.exitCode = 1
  })
  await settle(typesFile, await rowTypes(server.url, join(folder, 'types.ts')))
  const newest = (await migrationsIn(join(root, 'migrations'))).at(-1)
  await settle(headFile, `${newest?.name ?? ''}\n`)
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

async function rowTypes(url: string, outFile: string): Promise<string> {
  // A day stays ISO text and a bigint becomes a number: the parsers of open-database.ts make them so.
  const settings = ['--dialect=postgres', '--camel-case', '--date-parser=string', '--type-mapping={"int8":"number"}']
  const program = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
  const args = [program, ...settings, '--exclude-pattern=pgboss.*', `--url=${url}`, `--out-file=${outFile}`]
  await promisify(execFile)(process.execPath, args)
  return format(await readFile(outFile, 'utf8'), { ...(await resolveConfig(typesFile)), parser: 'typescript' })
}

async function settle(path: string, wanted: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => '')) === wanted) return
  if (process.argv.includes('--check')) {
    console.error(`${path} is not fresh; run bin/generate and commit it`)
    process.exitCode = 1
    return
  }
  await writeFile(path, wanted)
  console.log(`written: ${path}`)
}

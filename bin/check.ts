/** All that must hold, as named steps; `bin/check types lint` runs only those. CI runs nothing else. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import { whyNoServer } from '../src/testing/installed-server.ts'

interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Says why it cannot be done here; null when it can. */
  readonly unless?: () => string | null
}

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const node = process.execPath
// The tools are scripts that ask the path for Node: it must be this one, however old the machine's own is.
const onOwnNode = [dirname(node), process.env['PATH'] ?? ''].join(delimiter)

const STEPS: readonly Step[] = [
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', '.'] },
  { name: 'page types', command: [bin('svelte-kit'), 'sync'] },
  { name: 'svelte', command: [bin('svelte-check'), '--tsconfig', 'src/web/tsconfig.json', '--threshold', 'warning'] },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings', '0'] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'imports', command: [bin('depcruise'), 'src', '--output-type', 'err'] },
  { name: 'knip', command: [bin('knip')] },
  { name: 'generated', command: [node, 'bin/generate.ts', '--check'] },
  { name: 'length', command: [node, 'bin/check-length.ts'] },
  { name: 'tests', command: [node, 'bin/test.js'], env: { LOA_KILLS: '50' } },
  {
    name: 'tests-on-a-server',
    command: [node, 'bin/test-on-a-server.ts'],
    unless: () => (process.env['DATABASE_URL_TEST'] ? null : whyNoServer),
  },
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`No step ${unknown.join(', ')}; there are: ${STEPS.map(({ name }) => name).join(' ')}`)
  process.exit(2)
}

const failed: string[] = []
for (const step of STEPS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const reason = step.unless?.() ?? (existsSync(step.command[0] ?? '') ? null : 'run bin/setup first')
  if (reason) {
    console.log(`- ${step.name}: left out; ${reason}`)
    continue
  }
  const began = performance.now()
  const good = await runs(step)
  console.log(`${good ? '✓' : '✗'} ${step.name} (${((performance.now() - began) / 1_000).toFixed(1)} s)`)
  if (!good) failed.push(step.name)
}
console.log(failed.length === 0 ? 'All is well.' : `To mend: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

async function runs({ command: [program = '', ...args], env, name }: Step): Promise<boolean> {
  // The tests on the embedded database must not take the server that the next step is for.
  const server = name === 'tests' ? { DATABASE_URL_TEST: '' } : {}
  const child = spawn(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: onOwnNode, ...server, ...env },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

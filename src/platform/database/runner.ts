import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { join } from 'node:path'

/** The uid and gid of `nobody` on Linux: owns nothing, which is all we want of it. */
export const UNPRIVILEGED = 65_534

/**
 * How PostgreSQL is run, which refuses to run as root: as ourselves; as root in a user namespace where we look like
 * nobody; or, where the machine has no user namespaces, truly as nobody.
 */
export type Runner = 'ourselves' | 'namespace' | 'nobody'

export function chooseRunner(allowNamespaces: boolean, programs: string, folder: string): Runner {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return 'ourselves'
  // Root in a namespace is no root any more: it does not see what belongs to others and is closed.
  const test = ['test', '-x', join(programs, 'bin', 'postgres'), '-a', '-w', folder]
  return allowNamespaces && works('unshare', [...NAMESPACE, ...test]) ? 'namespace' : 'nobody'
}

/** The uid that the data must belong to; null where it cannot be another than ours. */
export function ownerFor(runner: Runner): number | null {
  if (runner === 'ourselves') return null
  return runner === 'nobody' ? UNPRIVILEGED : 0
}

const NAMESPACE = ['-U', `--map-user=${UNPRIVILEGED}`, `--map-group=${UNPRIVILEGED}`]

// The signal is asked for after we may already be dead; whoever then is the parent is not the one who started us.
const UNLESS_ORPHANED = 'test "$PPID" -eq "$0" && exec "$@"'

/** Starts a program of PostgreSQL. Linux interrupts it (a clean stop) when we end, however we end. */
export function run(runner: Runner, program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  let command = [program, ...args]
  let identity: SpawnOptions = {}
  if (process.platform === 'linux' && works('setpriv', ['--version'])) {
    const user = [`--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, '--clear-groups']
    const orphanTest = ['sh', '-c', UNLESS_ORPHANED, String(process.pid)]
    command = ['setpriv', ...(runner === 'nobody' ? user : []), '--pdeathsig', 'INT', ...orphanTest, ...command]
  } else if (runner === 'nobody') {
    identity = { uid: UNPRIVILEGED, gid: UNPRIVILEGED }
  }
  // Entering the namespace clears the death signal, so it is asked for inside.
  if (runner === 'namespace') command = ['unshare', ...NAMESPACE, ...command]
  const [first = program, ...rest] = command
  // In a group of its own: Ctrl-C reaches the whole group of the terminal, and the order of stopping is ours.
  return spawn(first, rest, { ...options, ...identity, detached: process.platform !== 'win32' })
}

const known = new Map<string, boolean>()
function works(program: string, args: readonly string[]): boolean {
  const key = [program, ...args].join(' ')
  const answer = known.get(key) ?? spawnSync(program, args, { stdio: 'ignore' }).status === 0
  known.set(key, answer)
  return answer
}

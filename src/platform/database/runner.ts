import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'

/** The uid and gid of `nobody` on Linux: owns nothing, which is all we want of it. */
export const UNPRIVILEGED = 65_534

/**
 * How PostgreSQL is run, which refuses to run as root: as ourselves; as root in a user namespace where we look like
 * nobody; or, where the machine has no user namespaces, truly as nobody.
 */
export type Runner = 'ourselves' | 'namespace' | 'nobody'

export function chooseRunner(allowNamespaces: boolean): Runner {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return 'ourselves'
  return allowNamespaces && works('unshare', [...NAMESPACE, 'true']) ? 'namespace' : 'nobody'
}

const NAMESPACE = ['-U', `--map-user=${UNPRIVILEGED}`, `--map-group=${UNPRIVILEGED}`]

/** Starts a program of PostgreSQL; `untilWeEnd` makes Linux interrupt it (a clean stop) when we die, however we die. */
export function run(
  runner: Runner,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  untilWeEnd: boolean,
): ChildProcess {
  let command = [program, ...args]
  let identity: SpawnOptions = {}
  const setpriv = process.platform === 'linux' && works('setpriv', ['--version'])
  if (runner === 'nobody') {
    if (setpriv)
      command = [
        'setpriv',
        `--reuid=${UNPRIVILEGED}`,
        `--regid=${UNPRIVILEGED}`,
        '--clear-groups',
        ...deathSignal(untilWeEnd),
        ...command,
      ]
    else identity = { uid: UNPRIVILEGED, gid: UNPRIVILEGED }
  } else if (setpriv && untilWeEnd) {
    command = ['setpriv', ...deathSignal(true), ...command]
  }
  // Entering the namespace clears the death signal, so it is asked for inside.
  if (runner === 'namespace') command = ['unshare', ...NAMESPACE, ...command]
  const [first = program, ...rest] = command
  return spawn(first, rest, { ...options, ...identity })
}

function deathSignal(wanted: boolean): string[] {
  return wanted ? ['--pdeathsig', 'INT'] : []
}

const known = new Map<string, boolean>()
function works(program: string, args: readonly string[]): boolean {
  const key = [program, ...args].join(' ')
  const answer = known.get(key) ?? spawnSync(program, args, { stdio: 'ignore' }).status === 0
  known.set(key, answer)
  return answer
}

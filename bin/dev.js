// bin/dev: starts Loa and starts it again when a source changes.
import { watch } from 'fs'
import { spawn } from 'child_process'
import { join } from 'path'
import { projectNode, root } from './node24.js'

const QUIET_MS = 300
let running = start()
let waiting = null
let ending = false

for (const folder of ['src', 'wording', 'migrations']) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    if (/\.test\.ts$|~$/.test(name ?? '')) return
    clearTimeout(waiting)
    waiting = setTimeout(startAgain, QUIET_MS)
  })
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    ending = true
    running.kill(signal)
    running.on('exit', () => process.exit(0))
    if (running.exitCode !== null) process.exit(0)
  })
}

function start() {
  return spawn(projectNode(), ['bin/start.js', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
}

function startAgain() {
  if (ending) return
  console.log('A source has changed …')
  const before = running
  const next = () => {
    if (!ending) running = start()
  }
  if (before.exitCode !== null) return next()
  before.once('exit', next)
  before.kill('SIGTERM')
}

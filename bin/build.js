// npm run prepare, and before each start: builds the web pages when their sources changed since the last build.
import { createHash } from 'crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'fs'
import { join } from 'path'
import { pathToFileURL } from 'url'
import { root, runNode } from './node24.js'

const SOURCES = ['src/web', 'wording', 'vite.config.ts', 'package-lock.json']
const STAMP = join(root, 'build', 'sources.sha256')

/** Builds where needed and possible. False when there is no build to serve. */
export async function buildWeb() {
  if (!existsSync(join(root, 'src/web'))) return true
  const sources = hashOf(SOURCES)
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return true
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) {
    if (existsSync(join(root, 'build/handler.js'))) return true
    console.error('The web pages are not built and the parts that build them are missing; run: npm ci --include=dev')
    return false
  }
  console.error('Building the web pages …')
  const env = { NODE_ENV: 'production' }
  if ((await runNode([vite, 'build', '--logLevel', 'error'], { quiet: true, env })) !== 0) return false
  writeFileSync(STAMP, sources)
  return true
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.filter((name) => existsSync(join(root, name)))) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, join(path, name))
  } else {
    hash.update(path).update('\0').update(readFileSync(full)).update('\0')
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  // An install never fails for this: without dev parts or with a fault in a page, `npm start` says what to do.
  const built = await buildWeb()
  process.exitCode = built || process.env.npm_lifecycle_event === 'prepare' ? 0 : 1
}

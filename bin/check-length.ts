/** No file of ours is over 300 lines: what is longer is two things. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const MOST_LINES = 300
const WRITTEN_BY_HAND = /\.(ts|js|svelte|css|sql|json|md|txt|csv|sh|yml)$/
const MADE_BY_PROGRAMS = /package-lock\.json|\.schema\.json$|\.gen\.ts$|\.snap$|\/__\w+__\//

const root = join(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
const long = files
  .split('\n')
  .filter((file) => WRITTEN_BY_HAND.test(file) && !MADE_BY_PROGRAMS.test(file) && existsSync(join(root, file)))
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
  .filter(({ lines }) => lines > MOST_LINES)
for (const { file, lines } of long) console.error(`${file} has ${lines} lines; split it by subject`)
process.exitCode = long.length === 0 ? 0 : 1

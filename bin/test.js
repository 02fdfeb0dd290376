// npm test: all tests; `npm test -- src/core/plan` those of a folder. The last line is the count.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { buildWeb } from './build.js'
import { runNode } from './node24.js'

const folder = mkdtempSync(join(tmpdir(), 'loa-count-'))
const file = join(folder, 'count.json')
const asked = process.argv.slice(2)
// A broken page is said by the tests that open it.
if (asked.length === 0) await buildWeb()
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
const code = await runNode(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...asked])
const count = existsSync(file) ? countOf(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 }
rmSync(folder, { recursive: true, force: true })
// A fault outside any test, as in the set-up, counts as one that failed.
const failed = code !== 0 && count.failed === 0 ? 1 : count.failed
if (count.skipped > 0) console.log(`${count.skipped} skipped, each with its reason above`)
console.log(`${count.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function countOf(report) {
  const broken = report.testResults.filter((one) => one.status === 'failed' && !one.assertionResults.some(isFailed))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

function isFailed(result) {
  return result.status === 'failed'
}

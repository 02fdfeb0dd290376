// npm test: all tests; `npm test -- src/core/plan` those of a folder. The last line is the count.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'fs'
import { tmpdir } from 'os'
import { join, relative } from 'path'
import { buildWeb } from './build.js'
import { root, runNode } from './node24.js'

const asked = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'loa-count-'))
if (asked.length === 0) {
  // A broken page is said by the stories that open it.
  await buildWeb()
  process.env.LOA_PICTURES ??= '0'
}
/** Of each, when both run. Two processors have enough to do then, though stories and faults often wait. */
const WORKERS_BESIDE = { 'vitest.config.ts': 2, 'vitest.e2e.config.ts': 3 }
const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] }
const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
for (const { code, count } of await runSideBySide(configs())) {
  total.passed += count.passed
  total.skipped += count.skipped
  // A fault outside any test, as in the set-up, counts as one that failed.
  failures.push(...count.failures)
  total.failed += code !== 0 && count.failed === 0 ? 1 : count.failed
}
rmSync(folder, { recursive: true, force: true })
// Whoever sees only the end of a long log sees what to look at.
for (const { name, why } of failures) console.log(`failed: ${name}${why ? `\n  ${why}` : ''}`)
if (total.skipped > 0) console.log(`${total.skipped} skipped, each with its reason in its name or above`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

/** Tests of the sources, then stories in a browser; of both only what was asked for. */
function configs() {
  const story = (name) => /e2e/.test(name)
  const names = asked.filter((name) => !name.startsWith('-'))
  const configs = []
  if (names.length === 0 || !names.every(story)) configs.push('vitest.config.ts')
  if ((names.length === 0 || names.some(story)) && existsSync(join(root, 'vitest.e2e.config.ts'))) {
    configs.push('vitest.e2e.config.ts')
  }
  return configs
}

/** Both at once, for stories often wait; what the first says is heard at once, what the other says after it. */
function runSideBySide(configs) {
  const turns = []
  const runs = configs.map(async (config, at) => {
    const heard = []
    let isOn = at === 0
    turns.push(() => {
      isOn = true
      for (const chunk of heard.splice(0)) process.stdout.write(chunk)
    })
    const file = join(folder, `${config}.json`)
    const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    if (configs.length > 1) options.push(`--maxWorkers=${WORKERS_BESIDE[config]}`)
    const code = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--config', config, ...options, ...asked], {
      hear: configs.length > 1 ? (chunk) => (isOn ? process.stdout.write(chunk) : heard.push(chunk)) : null,
    })
    turns[at + 1]?.()
    return { code, count: existsSync(file) ? countOf(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING }
  })
  return Promise.all(runs)
}

function countOf(report) {
  const broken = report.testResults.filter((one) => one.status === 'failed' && !one.assertionResults.some(isFailed))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [...report.testResults].flatMap((file) => failuresOf(file, broken.includes(file))),
  }
}

function failuresOf({ name, message, assertionResults }, isBroken) {
  const file = relative(root, name)
  const tests = assertionResults.filter(isFailed).map(({ fullName, failureMessages }) => ({
    name: `${file} > ${fullName}`,
    why: failureMessages[0]?.split('\n')[0],
  }))
  return isBroken ? [{ name: file, why: message?.split('\n')[0] }] : tests
}

function isFailed(result) {
  return result.status === 'failed'
}

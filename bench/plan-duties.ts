/** Duties found, rightly assigned and falsely claimed on the labelled full documents. Run: node bench/plan-duties.ts [--wrong] */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPlan } from '../src/core/plan/reading/read-plan.ts'
import { scoreDuties } from './plan-duties-score.ts'
import type { Labels, Score } from './plan-duties-score.ts'

const folder = join(import.meta.dirname, '..', '..', 'shared', 'plans-full')
if (!existsSync(folder)) {
  console.log(`No labelled documents: put them in ${folder} (NAME.txt, NAME.json)`)
  process.exit(0)
}
const total: Score = {
  labelled: 0,
  found: 0,
  assigned: 0,
  roles: 0,
  clauses: 0,
  deadlines: 0,
  claimed: 0,
  falselyClaimed: 0,
  channels: '',
  targets: '',
  wrong: [],
}
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const labels = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Labels
  const source = readFileSync(join(folder, file.replace(/json$/u, 'txt')), 'utf8')
  const text = source.slice(source.indexOf('\n') + 1)
  const reading = readPlan(text, { register: { organisations: [], laws: [], hotlines: [] }, today: '2026-01-01' })
  const score = scoreDuties(text, labels, reading)
  print(file.replace(/\.json$/u, ''), score)
  if (process.argv.includes('--wrong')) for (const line of score.wrong) console.log(`    ${line}`)
  for (const key of [
    'labelled',
    'found',
    'assigned',
    'roles',
    'clauses',
    'deadlines',
    'claimed',
    'falselyClaimed',
  ] as const)
    total[key] += score[key]
}
print('total', total)

function print(name: string, score: Score): void {
  const share = (count: number) => `${count}/${score.labelled} (${(count / Math.max(1, score.labelled)).toFixed(2)})`
  console.log(
    `${name.padEnd(32)} found ${share(score.found)}  assigned ${share(score.assigned)}  role ${share(score.roles)}  clause ${share(score.clauses)}  deadline ${share(score.deadlines)}` +
      `  claimed ${score.claimed}, falsely ${score.falselyClaimed}${score.channels}${score.targets}`,
  )
}

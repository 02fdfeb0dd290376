import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readPlan } from './read-plan.ts'
import type { Reading, Register } from './reading.ts'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
export const EXAMPLES = `${ROOT}examples/plans/`
/** Real plans kept beside the project, not in it; tests on them are skipped where they are absent. */
export const PLANS = `${ROOT}../shared/plans/`
export const FULL = `${ROOT}../shared/plans-full/`
export const hasPlans = existsSync(PLANS)
export const hasFull = existsSync(FULL)

export const NOTHING_KNOWN: Register = { organisations: [], laws: [], hotlines: [] }

export function read(raw: string, register: Register = NOTHING_KNOWN): Reading {
  return readPlan(raw, { register, today: '2026-03-01' })
}

export function filesIn(folder: string, ending: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .sort()
    : []
}

export function textOf(path: string): string {
  return readFileSync(path, 'utf8')
}

import { defineConfig } from 'vitest/config'
import { longestFirst } from './src/testing/longest-first.ts'

/** Workers that are killed take the longest, and mostly wait. */
const LONGEST = [
  '/faults/',
  'real-board',
  'read-scan',
  'kill-import',
  'takeover',
  'two-agents',
  'reading/fuzz',
  'backup',
]

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'faults/**/*.test.ts'],
    globalSetup: ['src/testing/global-setup.ts'],
    isolate: false,
    setupFiles: ['src/testing/each-file.ts'],
    sequence: { sequencer: longestFirst(LONGEST) },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
  },
})

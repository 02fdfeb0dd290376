import { defineConfig } from 'vitest/config'
import { longestFirst } from './src/testing/longest-first.ts'

/** The first waits for its minute to come. */
const LONGEST = [
  'a-village-hears',
  'the-main-job',
  'a-release-reaches-many',
  'a-board-shows',
  'proof-is-sent',
  'a-release-goes-out',
  'a-message-is-approved',
  'every-page-stands',
  'a-commune-chooses',
  'a-newsroom-takes',
  'a-voice-is-heard',
]

export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['e2e/global-setup.ts'],
    // One story after the other in the same browser.
    isolate: false,
    sequence: { sequencer: longestFirst(LONGEST) },
    // A story starts the whole application and a browser, and often waits: more at a time than processors, and with patience.
    maxWorkers: 4,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})

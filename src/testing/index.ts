/** For tests: a migrated database of one's own, a context, a still clock. */
export { openEmptyDatabase, openTestDatabase, type TestDatabase } from './test-database.ts'
export { person, stillClock, testCtx, type TestCtx } from './test-context.ts'
export { openWire, type Wire } from './wire.ts'

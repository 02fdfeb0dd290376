/**
 * Alarm (cảnh báo): what should move and does not: rows that are due and lie, work without a worker, a schedule that did
 * not run, an outlet from which nothing is heard, an outcome nobody has looked into. A watch raises and clears them; those
 * who are responsible are told once. Workers show by heartbeats that they live.
 */
export { ALARM_KINDS, type Alarm, type AlarmKind } from './alarm.ts'
export { alarmsWhere, type AlarmFilter, type AlarmKey } from './alarm.store.ts'
export { patienceOf } from './patience.store.ts'
export { type Schedule } from './schedule.ts'
export { keepSchedules, noteRun } from './schedule.store.ts'
export { setPatience } from './set-patience.ts'
export type { JobsWait } from './standstills.ts'
export { tellAlarms, type TellBy } from './tell-alarms.ts'
export { waitingFor } from './waiting-for.ts'
export { LOOK_SECONDS, watchOver } from './watch-over.ts'
export { BEAT_SECONDS, type Work, type Worker } from './worker.ts'
export { beat, endWorker, insertWorker, livingWorkers } from './worker.store.ts'

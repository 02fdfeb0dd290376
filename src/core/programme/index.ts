/**
 * Programme (chương trình phát thanh): broadcasts of approved recordings, the slots of stations with what plays in them,
 * the choice of the commune, and the one end that every play comes to at every device.
 */
export { closeSilentPlays } from './close-silent-plays.ts'
export { endPlays } from './end-plays.ts'
export { layRow, type RowToLay, type WhyNotLaid } from './lay-row.ts'
export { closeSilentPlaysJob } from './programme.jobs.ts'
export { emergenciesOf, scheduleOf, type Schedule, type ScheduledBroadcast } from './schedule-of.ts'
export { takeOut } from './take-out.ts'

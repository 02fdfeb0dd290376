/**
 * Programme (chương trình phát thanh): broadcasts of approved recordings, the slots of stations with what plays in them,
 * the choice of the commune, and the one end that every play comes to at every device.
 */
export { filesMeantFor, type MeantFile } from './audio-file.store.ts'
export { AIRING_WAYS, type Period } from './airing.ts'
export { airingOf, conflictsOfDay } from './airing.store.ts'
export { broadcastsByIds } from './broadcast.store.ts'
export { clockOf, minutesOf } from './civil-time.ts'
export { closeDay, playsToClose } from './close-day.ts'
export { closeSilentPlays } from './close-silent-plays.ts'
export { choosePlay, movePlay, postponePlay, skipPlay } from './decide-play.ts'
export { endPlays } from './end-plays.ts'
export { handDayOf } from './hand-day.store.ts'
export {
  HEARD_WHATS,
  heardBroadcasts,
  heardPlays,
  heardRows,
  sumOfHeard,
  type AfterHeard,
  type HeardScope,
  type HeardSums,
  type HeardWhat,
} from './heard.store.ts'
export { dropOffDay, keepOffDay, OFF_KINDS, previewOffDay, whyNotAllStations } from './keep-off-day.ts'
export { endSlot, keepSlot, mayProgramme } from './keep-slot.ts'
export { followHandedStations } from './lay-by-hand.ts'
export { openMinutes, stopsOn, type Conflict, type OffDay } from './lay-out.ts'
export {
  daysOfRelease,
  layOutRelease,
  layOutReleases,
  previewLayout,
  previewLayouts,
  type LayoutPreview,
} from './lay-out-release.ts'
export { layRow, offDaysOf, type RowToLay, type WhyNotLaid } from './lay-row.ts'
export { readMarket, writeMarket } from './market.ts'
export { endsOfPlays, loggedPlays, tallyOfRelease, type LoggedPlay, type Tally } from './play-end.store.ts'
export { onAirAt, type OnAir } from './on-air.ts'
export { standingOfPlay, whyUnplayed, type PlayStanding } from './play-standing.ts'
export { silenceWarning, soundingOf } from './silence-warning.ts'
export { bodiesToKeepOff, offDaysShown, type OffDayShown } from './off-days-shown.ts'
export type { OffDayKey } from './off-day.store.ts'
export { waitingAt } from './day-count.store.ts'
export { playById, playsOfDay } from './play.store.ts'
export { playsOfRelease, stationsOfRelease, type PlayOfRelease } from './release-plays.store.ts'
export { secondsOnAir, whyNotDecide, type Broadcast, type Class, type EndState, type Play } from './programme.ts'
export { closeSilentPlaysJob } from './programme.jobs.ts'
export { emergenciesOf, scheduleOf, type Schedule, type ScheduledBroadcast } from './schedule-of.ts'
export { shiftPlay, whyNotShift } from './shift-play.ts'
export { setSilentHours, SILENT_HOURS, silenceBy, silentHoursOf, type Silence } from './set-silent-hours.ts'
export { slotsOf } from './slot.store.ts'
export { fallsOn, type Slot } from './slot.ts'
export { takeOut } from './take-out.ts'
export { stationsProgrammedBy, waitingFor } from './waiting-for.ts'

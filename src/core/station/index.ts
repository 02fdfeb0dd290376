/**
 * Station (đài truyền thanh): who plays what villages hear. Stations with their clusters (cụm loa) and the devices there come
 * and go by a table; a device, there or at a board, enrols once by a code and is believed in nothing once it is revoked.
 */
export { clusterByCode, clusterById, clustersOf, languagesOfClusters } from './cluster.store.ts'
export type { Cluster, Network } from './cluster.ts'
export {
  countEnrolled,
  deviceByCode,
  deviceById,
  devicesAt,
  devicesOf,
  openEnrolmentOf,
  standingDevices,
  standsAtBoard,
} from './device.store.ts'
export { clustersStanding, type ClusterStanding } from './cluster-standing.store.ts'
export type { Device, DeviceState } from './device.ts'
export { endCluster, endStation } from './end-station.ts'
export { importStations, previewStations } from './import-stations.ts'
export { DeviceCode, expectAtBoard, makeEnrolment, replaceDevice, revokeDevice } from './keep-device.ts'
export { KEEPERS, keepStation } from './keep-station.ts'
export { playedAt, type AfterEntry, type PlayedEntry } from './played.store.ts'
export { sendCommands } from './send-commands.ts'
export { stationsStanding, type StationFilter, type StationStanding } from './standing.store.ts'
export { stationRows } from './station-rows.store.ts'
export {
  BARE_STATION_ROW,
  STATION_COLUMNS,
  type RowKind,
  type StationColumn,
  type StationPreview,
  type StationRow,
} from './station-table.ts'
export { stationByCode, stationOf, stationsOn, touchStation } from './station.store.ts'
export {
  CARRIAGES,
  HEARINGS,
  hearingOf,
  heardSince,
  type Carriage,
  type Hearing,
  type Station,
  type Undecided,
  type VolumeHour,
} from './station.ts'
export { daysAhead, daysHeld, tellDevicesAhead } from './days-ahead.ts'
export { brokerPasswordFits, hashBrokerPassword, sha512OfPassword } from './broker-password.ts'
export { COMMAND_KINDS, type CommandKind, type DeviceCommand } from './command.ts'
export { commandsOf, openCommands } from './command.store.ts'
export { isToldToStop, stationsToldToStop, stoppedDevices } from './told-to-stop.store.ts'
export { endGap, faultsOf, noteFault, type DeviceFault, type DeviceFaultKind } from './device-fault.store.ts'
export { deviceTroubles, type DeviceTrouble, type DeviceTroubleKind } from './device-trouble.store.ts'
export { publicKeyOf } from './device-key.ts'
export { noteDeviceLog, type LogEnd, type NotableEntry, type Noted } from './device-log.ts'
export { piecesOf } from './device-log.store.ts'
export { keepStates, statesOf, type DeviceHeartbeat } from './device-state.store.ts'
export { enrolDevice } from './enrol-device.ts'
export { enrolledDevices, planeDevices, planeStations, type PlaneDevice, type PlaneStation } from './plane.store.ts'
export { sendCommand } from './send-command.ts'
export { noteHubStarted } from './speaker-hub.store.ts'
export {
  rotateSpeakerKey,
  speakerKeys,
  speakerKeyStanding,
  type SigningKey,
  type SpeakerKeys,
  type SpeakerKeyStanding,
  type TrustedKey,
} from './speaker-key.ts'
export {
  keepEnvelopes,
  nextNumbers,
  standingMessages,
  type MessageKind,
  type Numbering,
  type StandingMessage,
} from './speaker-message.store.ts'

/**
 * Station (đài truyền thanh): who plays what villages hear. Stations with their clusters (cụm loa) and the devices there come
 * and go by a table; a device enrols once by a code and is believed in nothing once it is revoked.
 */
export { clusterByCode, clusterById, clustersOf } from './cluster.store.ts'
export { NETWORKS, type Cluster, type Network } from './cluster.ts'
export { deviceByCode, deviceById, devicesAt, devicesOf, openEnrolmentOf } from './device.store.ts'
export { DEVICE_KINDS, type Device, type DeviceKind, type DeviceState } from './device.ts'
export { endCluster, endStation } from './end-station.ts'
export { enrolmentHash } from './enrolment-code.ts'
export { importStations, previewStations } from './import-stations.ts'
export { ENROLMENT_HOURS, makeEnrolment, replaceDevice, revokeDevice, whyNotEnrol } from './keep-device.ts'
export { keepStation } from './keep-station.ts'
export { stationRows } from './station-rows.store.ts'
export {
  BARE_STATION_ROW,
  COLUMNS_OF,
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
  HEARD_WITHIN_MINUTES,
  hearingOf,
  heardSince,
  UNDECIDED,
  type Carriage,
  type Hearing,
  type Station,
  type Undecided,
  type VolumeHour,
} from './station.ts'

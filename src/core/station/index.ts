/**
 * Station (đài truyền thanh): an outlet with clusters of loudspeakers and the devices that play there: how they enrol,
 * the keys, commands, what devices say of themselves and have played.
 */
export { brokerPasswordFits, hashBrokerPassword } from './broker-password.ts'
export { COMMAND_KINDS, type CommandKind, type DeviceCommand } from './command.ts'
export { commandsOf, openCommands } from './command.store.ts'
export { endGap, faultsOf, noteFault, type DeviceFault, type DeviceFaultKind } from './device-fault.store.ts'
export { publicKeyOf } from './device-key.ts'
export { noteDeviceLog, type LogEnd, type NotableEntry, type Noted } from './device-log.ts'
export { piecesOf } from './device-log.store.ts'
export { keepStates, statesOf, type DeviceState } from './device-state.store.ts'
export { enrolDevice, type Enrolled } from './enrol-device.ts'
export { planeDevice, planeDevices, planeStations, type PlaneDevice, type PlaneStation } from './plane.store.ts'
export { sendCommand } from './send-command.ts'
export { rotateSpeakerKey, speakerKeys, type SigningKey, type SpeakerKeys, type TrustedKey } from './speaker-key.ts'
export {
  keepEnvelope,
  nextNumber,
  standingMessages,
  type MessageKind,
  type StandingMessage,
} from './speaker-message.store.ts'

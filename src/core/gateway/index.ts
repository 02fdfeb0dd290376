/** Gateway (cổng gửi): one road by which a channel sends to machines, with its rate, window and share of the work. */
export { balanceGateways } from './balance-gateways.ts'
export { gatewayKindOf, gatewayKinds, speakWith, type GatewayKind } from './gateway-kind.ts'
export {
  drawTokens,
  gatewayByCode,
  gatewayById,
  gatewaysOf,
  minutesOf,
  noteDoings,
  shiftsOf,
  updateGateway,
  upsertGateway,
  type Doings,
  type GatewayMinute,
  type Shift,
} from './gateway.store.ts'
export type { Gateway } from './gateway.ts'
export { addGateway, pauseGateway, resumeGateway, setGateway, tryGateway } from './keep-gateway.ts'
export {
  flawOf,
  settingsOf,
  type SettingField,
  type SettingFields,
  type SettingsOf,
  type SettingValue,
} from './setting-fields.ts'

import type { ChannelKey } from '../channel/index.ts'
import { Refusal } from '../kernel/index.ts'
import type { SettingFields } from './setting-fields.ts'

/** What a channel can speak to: which settings such a gateway has. Worded under `gateway_kind_<kind>`. */
export interface GatewayKind {
  readonly channel: ChannelKey
  readonly kind: string
  readonly fields: SettingFields
}

let kinds: readonly GatewayKind[] = []

/** Says which kinds of gateways there are; the app calls it once. */
export function speakWith(given: readonly GatewayKind[]): void {
  kinds = given
}

export function gatewayKinds(): readonly GatewayKind[] {
  return kinds
}

/** @throws Refusal `gateway.kind_unknown` */
export function gatewayKindOf(channel: string, kind: string): GatewayKind {
  const found = kinds.find((one) => one.channel === channel && one.kind === kind)
  if (!found) throw new Refusal('gateway.kind_unknown', {}, 'kind')
  return found
}

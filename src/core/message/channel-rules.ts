import type { ChannelKey, ChannelRules } from '../channel/index.ts'
import { Refusal } from '../kernel/index.ts'

let rules: ReadonlyMap<ChannelKey, ChannelRules> = new Map()

/** Says which ways out there are; the app calls it once, before anything is written. */
export function composeWith(given: readonly ChannelRules[]): void {
  rules = new Map(given.map((one) => [one.key, one]))
}

export function allRules(): ChannelRules[] {
  return [...rules.values()]
}

/** @throws Refusal `message.no_channel` */
export function rulesOf(channel: string): ChannelRules {
  const found = rules.get(channel as ChannelKey) // a key that is none is simply not in the map
  if (!found) throw new Refusal('message.no_channel', { channel })
  return found
}

import type { Ground } from './ground.ts'
import type { ChannelFound } from './reading.ts'

export function findChannels(_ground: Ground): ChannelFound[] {
  return []
}

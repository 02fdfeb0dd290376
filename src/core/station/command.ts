import type { Id } from '../kernel/index.ts'

export const COMMAND_KINDS = ['volume', 'test_tone', 'restart', 'stop', 'resume'] as const
export type CommandKind = (typeof COMMAND_KINDS)[number]

/**
 * Minutes for which a command waits for a device that is away. A tone or a restart that nobody waits for any more would
 * only startle a village; to be silenced a device must be reached whenever it comes.
 */
export const COMMAND_MINUTES: Readonly<Record<CommandKind, number>> = {
  volume: 24 * 60,
  test_tone: 10,
  restart: 60,
  stop: 7 * 24 * 60,
  resume: 7 * 24 * 60,
}

/** Which waiting commands a new one puts an end to. */
export const ENDS_KINDS: Readonly<Record<CommandKind, readonly CommandKind[]>> = {
  volume: ['volume'],
  test_tone: ['test_tone'],
  restart: ['restart'],
  stop: ['stop', 'resume', 'test_tone'],
  resume: ['stop', 'resume'],
}

/** Command (lệnh điều khiển) to one device. */
export interface DeviceCommand {
  readonly id: Id<'device_command'>
  readonly deviceId: Id<'device'>
  readonly kind: CommandKind
  readonly facts: { readonly volume?: number }
  readonly madeBy: Id<'person'> | null
  readonly madeAt: Date
  /** Until when it holds for a device that has not heard of it. */
  readonly until: Date
  readonly answeredAt: Date | null
  readonly answer: string | null
}

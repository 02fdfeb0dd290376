import type { Ctx, Id } from '../core/kernel/index.ts'
import type { LogEntry, PlannedPlay, BroadcastFile, EndState } from '../platform/speakers/protocol.ts'

type Dated<Shape, Field extends keyof Shape> = Omit<Shape, Field> & { readonly [Key in Field]: Date }

/** A recording that devices may play. */
export type HubBroadcast = Readonly<Dated<BroadcastFile, 'validFrom' | 'validUntil'>>

export interface HubSchedule {
  readonly broadcasts: readonly HubBroadcast[]
  readonly plays: readonly Readonly<Dated<PlannedPlay, 'at'>>[]
}

export interface HubEmergency {
  readonly broadcast: HubBroadcast
  readonly playId: string
}

/** How a play ended at a device, by the entry `seq` of its log. */
export interface HubEnd {
  readonly playId: string
  readonly state: EndState
  readonly startedAt: Date | null
  readonly seconds: number
  readonly reason: string
  readonly seq: LogEntry['seq']
}

/** What the hub needs of the programme: what a station is to play, and where the ends of plays go. */
export interface HubProgramme {
  scheduleOf(ctx: Ctx, stationId: Id<'outlet'>): Promise<HubSchedule>
  /** What is to sound at once and still holds, the oldest first. */
  emergenciesOf(ctx: Ctx, stationId: Id<'outlet'>): Promise<readonly HubEmergency[]>
  /** Idempotent; runs in the transaction in which the log was kept. */
  endPlays(ctx: Ctx, deviceId: Id<'device'>, ends: readonly HubEnd[]): Promise<unknown>
}

import type { Ctx, Id } from '../core/kernel/index.ts'
import type { PlaneDevice } from '../core/station/index.ts'
import type {
  LogEntry,
  PlannedPlay,
  PlannedShowing,
  BroadcastFile,
  EndState,
  Takes,
} from '../platform/speakers/protocol.ts'

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

/** A board whose device is spoken with, and all by which it is known that the device is to hold something else. */
export interface HubBoard {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly said: string
}

/** All that one board is to show. */
export interface HubShowings {
  readonly version: number
  readonly takes: Takes
  readonly showings: readonly (Readonly<Omit<Dated<PlannedShowing, 'from' | 'until'>, 'lines'>> & {
    readonly lines: readonly string[]
  })[]
  readonly hotlines: readonly string[]
}

/** What a device says it showed, by the entry `seq` of its log, whose hash is `hash`. */
export interface HubShown {
  readonly showingId: string
  readonly from: Date
  readonly until: Date
  readonly turns: number
  readonly seconds: number
  readonly seq: LogEntry['seq']
  readonly hash: string
}

/** What the hub needs of the boards: what each is to show, and where goes what was shown. */
export interface HubBoards {
  boards(ctx: Ctx): Promise<readonly HubBoard[]>
  /** Null for a board that is not there any more. */
  showingsOf(ctx: Ctx, boardId: Id<'outlet'>): Promise<HubShowings | null>
  /** In the transaction in which the log was kept. */
  noteShown(ctx: Ctx, deviceId: Id<'device'>, shown: readonly HubShown[]): Promise<unknown>
  /** Its device has said which version it holds. */
  noteHeld(ctx: Ctx, boardId: Id<'outlet'>, version: number): Promise<unknown>
}

/** For a hub that speaks with loudspeakers alone. */
export const NO_BOARDS: HubBoards = {
  boards: async () => [],
  showingsOf: async () => null,
  noteShown: async () => {},
  noteHeld: async () => {},
}

/** Where a broker that stands elsewhere keeps who may come in, as far as we can change it. */
export interface BrokerAccounts {
  /** Brings it in line with these, all that ever enrolled. Cheap where nothing is another. @throws to be asked again. */
  keep(devices: readonly PlaneDevice[], now: Date): Promise<void>
  /** The broker came back and may have forgotten them. */
  forgotten(): void
}

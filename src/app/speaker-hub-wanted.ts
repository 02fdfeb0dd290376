import * as v from 'valibot'
import type { Ctx } from '../core/kernel/index.ts'
import { daysHeld, type PlaneStation, type SpeakerKeys, type StandingMessage } from '../core/station/index.ts'
import { EmergencyBody, MOST_EMERGENCIES, ScheduleBody } from '../platform/speakers/protocol.ts'
import type { HubBroadcast, HubProgramme } from './speaker-hub-port.ts'
import { toldKey, type Unsigned } from './speaker-hub-sign.ts'

/** It is signed anew so often though nothing changed: its days move on. */
const RENEWED_AFTER_MS = 6 * 3_600_000
const DAY_MS = 86_400_000
const NEVER_OVER = new Date(Date.UTC(9999, 0))

export type Standing = StandingMessage & { readonly published: boolean }

interface Parts {
  readonly ctx: Ctx
  readonly programme: HubProgramme
  readonly station: PlaneStation
  readonly held: Standing | undefined
  readonly keys: SpeakerKeys
}

export type StandingKind = 'schedule' | 'emergency' | 'showings'

/** What is to stand for a station or a board in the place of what stands there. */
export interface Wanted {
  readonly recipient: string
  readonly kind: StandingKind
  /** By which it is known again that nothing changed. */
  readonly said: string
  readonly validUntil: Date
  /** To be signed; without it what is kept stands on, or nothing does. */
  readonly message?: Unsigned
  readonly kept?: Standing
}

/** The schedule of a station where it changed, is old or is signed by another key; null where it stands. */
export async function wantedSchedule({ ctx, programme, station, held, keys }: Parts): Promise<Wanted | null> {
  const now = ctx.clock.now()
  const version = station.scheduleVersion
  // Nothing was ever laid there, and nobody has enrolled: either counts it on.
  if (version === 0) return null
  const said = `${version} ${keys.signing.id} ${keys.trusted.length} ${daysHeld()}`
  if (held?.said === said && !isOld(held, now)) return null
  const { broadcasts, plays } = await programme.scheduleOf(ctx, station.id)
  const body = v.parse(ScheduleBody, {
    kind: 'schedule',
    version,
    broadcasts: broadcasts.map(asFile),
    plays: plays.map(({ id, broadcastId, at, ord }) => ({ id, broadcastId, at: at.toISOString(), ord })),
    volume: station.volume,
    volumeHours: [...station.volumeHours],
    quiet: station.quiet,
    chime: station.chime,
    keys: keys.trusted.map(toldKey),
  } satisfies ScheduleBody)
  const to = { recipient: `s/${station.code}`, kind: 'schedule' as const }
  // A device that hears nothing for longer falls silent.
  const validUntil = new Date(now.getTime() + daysHeld() * DAY_MS)
  return { ...to, said, validUntil, message: { ...to, validUntil, body } }
}

/**
 * All that is to sound at a station at once, where that changed, is over or is signed by another key; null where it stands.
 * Whoever comes later hears all of it, in every language. What was taken back before it was over is said to be so under
 * the signature: what devices hold they would play.
 */
export async function wantedEmergency({ ctx, programme, station, held, keys }: Parts): Promise<Wanted | null> {
  const now = ctx.clock.now()
  const { id: signer } = keys.signing
  const [version, signedBy, ...known] = held?.said.split(' ') ?? []
  const holds = held !== undefined && held.envelope !== '' && held.validUntil > now
  const isOver = held !== undefined && held.envelope !== '' && !holds
  if (held && !isOver && version === String(station.scheduleVersion) && signedBy === signer) return null
  const found = await programme.emergenciesOf(ctx, station.id)
  const plays = found.filter(({ broadcast }) => broadcast.validUntil > now).slice(-MOST_EMERGENCIES)
  const ids = plays.map(({ playId }) => playId)
  const to = { recipient: `s/${station.code}`, kind: 'emergency' as const }
  const said = [station.scheduleVersion, signer, ...ids].join(' ')
  if (holds && signedBy === signer && known.join() === ids.join())
    return { ...to, said, validUntil: held.validUntil, kept: held }
  if (plays.length === 0 && !holds) {
    // What stood there is cleared by an empty message, and where nothing did none is needed.
    const none: Standing = {
      ...to,
      said,
      envelope: '',
      issuedAt: now,
      validUntil: NEVER_OVER,
      published: !held?.envelope,
    }
    return { ...to, said, validUntil: NEVER_OVER, kept: none }
  }
  const ends = plays.map(({ broadcast }) => broadcast.validUntil.getTime())
  const validUntil = new Date(Math.max(...ends, holds ? held.validUntil.getTime() : 0))
  const body = v.parse(EmergencyBody, {
    kind: 'emergency',
    plays: plays.map(({ broadcast, playId }) => ({ playId, broadcast: asFile(broadcast) })),
  } satisfies EmergencyBody)
  return { ...to, said, validUntil, message: { ...to, validUntil, body } }
}

/** Whether its days are to move on. */
export function isOld(held: Standing | undefined, now: Date): boolean {
  return !held || now.getTime() - held.issuedAt.getTime() >= RENEWED_AFTER_MS
}

function asFile({ validFrom, validUntil, ...rest }: HubBroadcast) {
  return { ...rest, validFrom: validFrom.toISOString(), validUntil: validUntil.toISOString() }
}

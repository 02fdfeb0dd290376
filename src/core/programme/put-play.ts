import { dayAt, dayWords, momentOf, Refusal, type Ctx, type Day, type Id } from '../kernel/index.ts'
import { stationOf } from '../station/index.ts'
import { broadcastsByIds } from './broadcast.store.ts'
import { stopsOn, whyNotStand, type Standing } from './lay-out.ts'
import { groundOf, NOTHING_BESIDE, offDaysOf } from './lay-row.ts'
import { playsOfDay, updatePlay } from './play.store.ts'
import type { Broadcast, Play } from './programme.ts'
import { slotById } from './slot.store.ts'
import { fallsOn, type Slot } from './slot.ts'

/**
 * Puts a play into a slot of its station on a day, whoever does: as strictly as laying out does, so that nothing is put
 * where it would not have been laid. What stands in the way is said, and the play stays where it was.
 */
export async function putAt(ctx: Ctx, play: Play, slotId: Id<'slot'>, day: Day): Promise<void> {
  const slot = await slotById(ctx.db, slotId)
  if (slot?.stationId !== play.stationId || !fallsOn(slot, day)) throw new Refusal('programme.no_slot', {}, 'slotId')
  const plannedAt = momentOf(day, slot.begins)
  if (plannedAt <= ctx.clock.now()) throw new Refusal('programme.slot_begun', {}, 'slotId')
  const broadcast = (await broadcastsByIds(ctx.db, [play.broadcastId])).get(play.broadcastId)
  refuseWhereItDoesNotHold(broadcast, plannedAt)
  await refuseWhereItCannotStand(ctx, play, broadcast, slot, day)
  const there = (await playsOfDay(ctx.db, play.stationId, day)).filter((one) => one.slotId === slotId)
  if (there.some((one) => one.id !== play.id && one.broadcastId === play.broadcastId))
    throw new Refusal('programme.plays_there', {}, 'slotId')
  const ord = Math.max(0, ...there.filter((one) => one.class === play.class).map((one) => one.ord)) + 1
  await updatePlay(ctx.db, play.id, { slotId, day, plannedAt, ord })
}

/** What was left out takes its room anew where it stands; what is only offered has it. Days off bind either. */
export async function refuseToChoose(ctx: Ctx, play: Play): Promise<void> {
  const slot = play.slotId && (await slotById(ctx.db, play.slotId))
  if (slot && play.state === 'skipped') {
    const broadcast = (await broadcastsByIds(ctx.db, [play.broadcastId])).get(play.broadcastId)
    return refuseWhereItCannotStand(ctx, play, broadcast, slot, play.day)
  }
  const station = await stationOf(ctx.db, play.stationId)
  const offDays = station ? await offDaysOf(ctx, station, play.day, play.day) : []
  const off = offDays.find((one) => stopsOn(one, play.day, play.class))
  if (off) throw new Refusal('programme.shift_off_day', { what: off.name }, 'day')
}

/** Devices play nothing that does not hold yet, or no more. */
function refuseWhereItDoesNotHold(broadcast: Broadcast | undefined, at: Date): void {
  if (!broadcast || (at >= broadcast.validFrom && at < broadcast.validUntil)) return
  const from = dayWords(dayAt(broadcast.validFrom))
  const to = dayWords(dayAt(new Date(broadcast.validUntil.getTime() - 1)))
  throw new Refusal('programme.holds_not_then', { from, to }, 'day')
}

/** Days off, quiet hours, room in the slot, minutes a day and repeats, beside all that stands there but itself. */
async function refuseWhereItCannotStand(
  ctx: Ctx,
  play: Play,
  broadcast: Broadcast | undefined,
  slot: Slot,
  day: Day,
): Promise<void> {
  const station = await stationOf(ctx.db, play.stationId)
  if (!station) return
  const ground = await groundOf(ctx, station, day, day, NOTHING_BESIDE)
  const own = (one: Standing) =>
    one.broadcastId === play.broadcastId && one.slotId === play.slotId && one.day === play.day
  const without = { ...ground, standing: ground.standing.filter((one) => !own(one)) }
  const piece = { broadcastId: play.broadcastId, seconds: broadcast?.seconds ?? 0 }
  const conflict = whyNotStand(piece, play.class, without, slot, day)
  if (!conflict) return
  const limits = { minutes: station.minutesADay ?? 0, times: station.repeatsADay ?? 0 }
  throw new Refusal(
    `programme.shift_${conflict.why}`,
    { what: conflict.what, begins: slot.begins, room: slot.minutes, ...limits },
    conflict.why === 'no_room' || conflict.why === 'quiet_hours' ? 'slotId' : 'day',
  )
}

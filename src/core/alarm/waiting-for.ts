import type { Ctx, Id, Waiting } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { alarmsWhere } from './alarm.store.ts'
import { ALARM_KINDS, TOLD } from './alarm.ts'

/** Alarms at most that one line of the page counts; the list has them all. */
const MOST = 100

/** One line for each kind of alarm that is open and that this person answers for. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person') return []
  const { grants } = ctx.actor
  const lines: Waiting[] = []
  for (const kind of ALARM_KINDS) {
    const own = grants.filter(({ role }) => TOLD[kind].includes(role) || role === 'administrator')
    if (own.length === 0) continue
    const bodies: (Id<'organisation'> | null)[] = [
      ...(await idsBelow(
        ctx.db,
        own.map(({ organisationId }) => organisationId),
      )),
    ]
    if (own.some(({ role }) => role === 'administrator')) bodies.push(null)
    const alarms = await alarmsWhere(ctx.db, { open: true, kinds: [kind], bodies }, null, MOST)
    if (alarms.length === 0) continue
    const facts = { count: alarms.length }
    lines.push({ wording: `alarm_waiting_${kind}`, facts, path: `/alarms?kind=${kind}`, due: null })
  }
  return lines
}
